/// Where a service is to be reached. Not every service is everywhere.
///
/// Source: protocol notes, section 1; ElevenLabs notes, section 1.
package enum Region: String, CaseIterable, Sendable {
  case eu, us, global
  case india = "in"
  case singapore = "sg"
  /// Wherever is nearest.
  case preview

  /// Of those only `eu` has a host of its own.
  static let ofKugelAudio: [Region] = [.eu, .us, .global]

  package init(named name: String) throws(AddressError) {
    guard let region = Region(rawValue: name) else {
      let known = Region.allCases.map(\.rawValue).joined(separator: ", ")
      throw AddressError("unknown region \"\(name)\"; known: \(known)")
    }
    self = region
  }

  package var host: String {
    switch self {
    case .eu: "api.eu.kugelaudio.com"
    default: "api.kugelaudio.com"
    }
  }
}
