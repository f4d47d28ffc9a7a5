import KugelText

/// Bytes that are copied on as they come; but a terminal that shows them is not steered by them.
struct ByteCopy {
  private let isShown: Bool
  /// Pieces are cut anywhere.
  private var decoder = UTF8Decoder()

  /// - Parameter isShown: by a terminal.
  init(isShown: Bool) { self.isShown = isShown }

  mutating func copy(_ bytes: [UInt8]) -> [UInt8] {
    isShown ? Array(decoder.decode(bytes).printableCopy.utf8) : bytes
  }

  /// No more follow.
  mutating func finish() -> [UInt8] { isShown ? Array(decoder.finish().printableCopy.utf8) : [] }
}
