/// What went wrong where the stream was made, in the words of who made it.
package struct StreamFailure: Error, Equatable, Sendable {
  package var message: String
  /// Whether the same may succeed later; otherwise the request was refused.
  package var mayPass: Bool

  /// Characters of a message, at most.
  private static let longest = 400

  package init(_ message: String, mayPass: Bool) {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    self.message = line.count > Self.longest ? line.prefix(Self.longest) + "…" : line
    self.mayPass = mayPass
  }

  /// By what it says alone.
  ///
  /// - Parameter inAnswer: an answer was under way; whoever began to answer did not refuse.
  init(_ message: String, kinds: [String] = [], status: Int? = nil, inAnswer: Bool) {
    self.init(
      message,
      mayPass: status.flatMap(Self.mayPass(status:)) ?? kinds.firstMap(Self.mayPass(kind:))
        ?? Self.mayPass(message: message) ?? inAnswer)
  }

  /// The error that an object is or holds: a member `error` that is a text or an object, as the APIs have
  /// it, or an object with `message` itself.
  init?(in object: StreamObject, inAnswer: Bool) {
    if let message = object.text("error") {
      self.init(message, inAnswer: inAnswer)
      return
    }
    let error = object.object("error") ?? object
    let kinds = ["type", "code", "status", "name"].compactMap(error.text)
      .filter { $0 != "error" }
    let message = error.text("message") ?? error.object("data")?.text("message")
    guard let told = message ?? kinds.first else { return nil }
    self.init(told, kinds: kinds, status: error.count("code"), inAnswer: inAnswer)
  }

  private static func mayPass(status: Int) -> Bool? {
    switch status {
    case 408, 425, 429, 500...599: true
    case 400..<500: false
    default: nil
    }
  }

  /// By the word that a vendor has for it, such as `overloaded_error`.
  private static func mayPass(kind: String) -> Bool? {
    if let status = Int(kind) { return mayPass(status: status) }
    let kind = kind.lowercased().filter(\.isLetter)
    // What is paid for first, as its kin are limits of rate.
    if refusals.contains(where: kind.contains) { return false }
    return passing.contains(where: kind.contains) ? true : nil
  }

  private static let refusals = [
    "quota", "invalid", "authentication", "unauthorized", "permission", "forbidden", "notfound",
    "toolarge", "billing", "badrequest", "context", "unsupported", "policy", "moderation",
  ]
  private static let passing = [
    "overloaded", "ratelimit", "timeout", "server", "unavailable", "api", "gateway", "connection",
  ]

  private static func mayPass(message: String) -> Bool? {
    let text = message.lowercased()
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    if numbers.contains(where: [408, 429, 502, 503, 504, 529].contains) { return true }
    let finals = ["maximum", "quota", "credit", "billing", "api key"]
    if finals.contains(where: text.contains) { return false }
    let signs = [
      "overloaded", "rate limit", "too many requests", "timeout", "timed out", "temporar",
      "unavailable", "try again", "disconnected", "connection",
    ]
    if signs.contains(where: text.contains) { return true }
    return numbers.contains(where: [400, 401, 402, 403, 404, 413].contains) ? false : nil
  }
}

extension Sequence {
  /// What the first element gives that gives something.
  fileprivate func firstMap<Result>(_ transform: (Element) -> Result?) -> Result? {
    for element in self {
      if let result = transform(element) { return result }
    }
    return nil
  }
}
