/// Where the service is to be reached. Only `eu` has a host of its own.
///
/// Source: protocol notes, section 1.
package enum Region: String, CaseIterable, Sendable {
  case eu, us, global

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
    case .us, .global: "api.kugelaudio.com"
    }
  }
}
