/// Why an output cannot be made.
package enum CreationObstacle: Equatable, Sendable {
  /// Something is there that is not to be written over.
  case exists
  case isTerminal
  /// In the system's words or ours, fit for the middle of a sentence.
  case other(String)
}

extension CreationObstacle: CustomStringConvertible {
  package var description: String {
    switch self {
    case .exists: "exists"
    case .isTerminal: "is a terminal"
    case .other(let cause): cause
    }
  }
}
