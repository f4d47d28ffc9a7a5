extension JSONScanner {
  /// What a string says, in UTF-8 as far as the text is.
  ///
  /// - Parameters:
  ///   - range: of the string, with its quotes.
  ///   - half: what stands for an escaped surrogate without its partner, in UTF-8.
  package func letters(
    ofStringAt range: Range<Int>, half: (UInt16) -> [UInt8]
  ) -> ArraySlice<UInt8> {
    let inner = bytes[(range.lowerBound + 1)..<(range.upperBound - 1)]
    guard let first = inner.firstIndex(of: UInt8(ascii: "\\")) else { return inner }
    var letters = inner[..<first]
    letters.reserveCapacity(inner.count)
    var place = first
    while place < inner.endIndex {
      let byte = bytes[place]
      guard byte == UInt8(ascii: "\\") else {
        letters.append(byte)
        place += 1
        continue
      }
      place += escape(at: place, into: &letters, half: half)
    }
    return letters
  }

  /// The letter of two surrogates; nil when they are no pair.
  package static func letter(_ high: UInt16, _ low: UInt16) -> Unicode.Scalar? {
    guard high & 0xFC00 == 0xD800, low & 0xFC00 == 0xDC00 else { return nil }
    return Unicode.Scalar(0x10000 + UInt32(high & 0x3FF) << 10 + UInt32(low & 0x3FF))
  }

  /// - Returns: how many bytes the escape has.
  private func escape(
    at place: Int, into letters: inout ArraySlice<UInt8>, half: (UInt16) -> [UInt8]
  ) -> Int {
    switch bytes[place + 1] {
    case UInt8(ascii: "b"): letters.append(0x08)
    case UInt8(ascii: "f"): letters.append(0x0C)
    case UInt8(ascii: "n"): letters.append(0x0A)
    case UInt8(ascii: "r"): letters.append(0x0D)
    case UInt8(ascii: "t"): letters.append(0x09)
    case UInt8(ascii: "u"):
      guard let unit = unit(ofEscapeAt: place) else { break }
      if let low = self.unit(ofEscapeAt: place + 6), let letter = Self.letter(unit, low) {
        letters += UTF8.encode(letter).map(Array.init) ?? []
        return 12
      }
      if let letter = Unicode.Scalar(unit) {
        letters += UTF8.encode(letter).map(Array.init) ?? []
      } else {
        letters += half(unit)
      }
      return 6
    case let letter: letters.append(letter)
    }
    return 2
  }
}
