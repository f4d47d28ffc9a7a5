/// The last few names of things that came, such as messages.
struct SeenNames: Sendable {
  /// Names that are kept: what repeats one follows soon.
  private static let limit = 64

  private var names: [String] = []

  mutating func insert(_ name: String) {
    guard names.last != name, !names.contains(name) else { return }
    if names.count == Self.limit { names.removeFirst() }
    names.append(name)
  }

  func contains(_ name: String?) -> Bool { name.map(names.contains) ?? false }
}
