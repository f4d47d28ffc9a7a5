/// What somebody who waits for the speakers learns.
package enum FloorNotice: Equatable, Sendable {
  /// Somebody else plays, or comes first: by this process and this source, if they are known. Told anew
  /// when it is another one.
  case waiting(for: Int32?, source: String?)
  /// They were suspended, and are waited for no longer.
  case passing(Int32)
  /// While this process was suspended it lost its place.
  case lostPlace
}

extension FloorNotice {
  /// How whoever is waited for is called.
  package static func name(of process: Int32?, _ source: String?) -> String {
    let number = process.map { " (process \($0))" } ?? ""
    return (source ?? "another kugel") + number
  }

  /// As a message tells it.
  package var sentence: String {
    switch self {
    case .waiting(let process, let source):
      "waiting for \(Self.name(of: process, source)), which plays; kugel skip ends that"
    case .passing(let process):
      "going on: the kugel of process \(process) is suspended"
    case .lostPlace:
      "others took their turn while this kugel was suspended; it waits for its own"
    }
  }
}
