/// Looks for the empty line that ends a head, and at no byte twice.
struct HeadSearch {
  /// Bytes that were looked at.
  private var scanned = 0

  /// - Returns: how many bytes the head has; nil while its end is not there.
  mutating func end(in input: [UInt8]) -> Int? {
    var at = max(3, scanned)
    while at < input.count {
      if input[at] == 0x0A, input[at - 1] == 0x0D, input[at - 2] == 0x0A, input[at - 3] == 0x0D {
        return at + 1
      }
      at += 1
    }
    scanned = at
    return nil
  }
}
