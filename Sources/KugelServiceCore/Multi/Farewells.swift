/// The latest names whose `context_closed` was told, to tell it once. Not all: a connection may live long.
struct Farewells: Sendable {
  private static let most = 256
  /// A longer name is not worth its room.
  private static let longest = 256

  /// In the order of their end.
  private var names: [String] = []

  /// - Returns: whether it is news.
  @discardableResult
  mutating func remember(_ name: String) -> Bool {
    guard !names.contains(name) else { return false }
    guard name.utf8.count <= Self.longest else { return true }
    if names.count == Self.most { names.removeFirst() }
    names.append(name)
    return true
  }

  mutating func forget(_ name: String) { names.removeAll { $0 == name } }
}
