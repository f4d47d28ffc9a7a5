/// One of several machines that share a list.
package struct Shard: Equatable, Sendable {
  /// From 1.
  package let index: Int
  package let count: Int

  /// Reads `2/3`.
  package init?(_ text: String) {
    let sides = text.split(separator: "/", omittingEmptySubsequences: false)
    guard sides.count == 2, let index = Int(sides[0]), let count = Int(sides[1]),
      1...10_000 ~= count, 1...count ~= index
    else { return nil }
    (self.index, self.count) = (index, count)
  }

  /// Whether it is this machine's business.
  ///
  /// - Parameter hash: of the item's content, in hexadecimal digits.
  package func holds(_ hash: String) -> Bool {
    let value = hash.utf8.prefix(12).reduce(UInt64(0)) { sum, digit in
      sum << 4 | UInt64(digit >= 0x61 ? digit - 0x61 + 10 : digit & 15)
    }
    return Int(value % UInt64(count)) == index - 1
  }
}
