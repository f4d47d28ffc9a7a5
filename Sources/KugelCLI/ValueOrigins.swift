import KugelJobs

/// Where the values of options came from that no command line gave.
package struct ValueOrigins: Equatable, Sendable {
  package enum Origin: Equatable, Sendable {
    case variable(String)
    /// As the file writes the key.
    case file(String, line: Int, key: String)
  }

  /// By the option's long name.
  private var origins: [String: Origin] = [:]

  package init() {}

  /// - Parameter origin: nil for the command line.
  mutating func note(_ option: String, _ origin: Origin?) { origins[option] = origin }

  /// The error, telling where the value is that it is about.
  package func placing(_ error: UserError) -> UserError {
    guard let subject = error.subject, let origin = origins[subject.option] else { return error }
    var placed = error
    switch origin {
    case .variable(let name):
      placed.message =
        subject.predicate.map { "\(name) \($0)" } ?? "\(name): \(error.message)"
    case .file(let path, let line, let key):
      let told = subject.predicate.map { "\(key) \($0)" } ?? error.message
      placed.message = "\(path):\(line): \(told)"
      if error.status == .usage { placed.status = .badConfiguration }
    }
    return placed
  }
}
