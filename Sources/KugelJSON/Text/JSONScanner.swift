/// Finds where the values of a JSON text begin and end, by the whole grammar of RFC 8259; it reads none of
/// them.
///
/// A library that makes trees of texts takes some 10 µs for the object of a token, of which one member of
/// one member is looked at. Tests hold both to the same answers.
package struct JSONScanner: Sendable {
  /// Values within values; what goes deeper is refused.
  package static let deepest = 512
  package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// One member of an object; the quotes of its name are not in the range.
  package struct Member: Sendable {
    package var name: Range<Int>
    package var value: Range<Int>
  }

  /// Where the first value begins, behind a byte order mark and white space.
  package var start: Int {
    blanksEnd(from: bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0)
  }

  package func blanksEnd(from start: Int) -> Int {
    var place = start
    while place < bytes.count, bytes[place].isBlank { place += 1 }
    return place
  }

  /// Where the value ends that begins at `start`; nil when none does.
  package func end(ofValueAt start: Int, depth: Int = 0) -> Int? {
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "\""): return end(ofStringAt: start)
    case UInt8(ascii: "{"): return end(ofObjectAt: start, depth: depth) { _ in }
    case UInt8(ascii: "["): return end(ofArrayAt: start, depth: depth) { _ in }
    case UInt8(ascii: "t"): return end(of: "true", at: start)
    case UInt8(ascii: "f"): return end(of: "false", at: start)
    case UInt8(ascii: "n"): return end(of: "null", at: start)
    default: return end(ofNumberAt: start)
    }
  }

  package func end(
    ofObjectAt start: Int, depth: Int = 0, member: (Member) -> Void
  ) -> Int? {
    end(ofListAt: start, "{", "}", depth: depth) { start in
      guard let nameEnd = end(ofStringAt: start) else { return nil }
      let colon = blanksEnd(from: nameEnd)
      guard at(colon, is: ":") else { return nil }
      let value = blanksEnd(from: colon + 1)
      guard let valueEnd = end(ofValueAt: value, depth: depth + 1) else { return nil }
      member(Member(name: (start + 1)..<(nameEnd - 1), value: value..<valueEnd))
      return valueEnd
    }
  }

  package func end(
    ofArrayAt start: Int, depth: Int = 0, element: (Range<Int>) -> Void
  ) -> Int? {
    end(ofListAt: start, "[", "]", depth: depth) { start in
      guard let end = end(ofValueAt: start, depth: depth + 1) else { return nil }
      element(start..<end)
      return end
    }
  }

  /// Items with commas between them.
  ///
  /// - Parameter item: takes where one begins, and tells where it ends; nil when it is none.
  @inline(__always)
  private func end(
    ofListAt start: Int, _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, depth: Int,
    item: (Int) -> Int?
  ) -> Int? {
    guard depth < Self.deepest, at(start, is: opening) else { return nil }
    var place = blanksEnd(from: start + 1)
    if at(place, is: closing) { return place + 1 }
    while let end = item(place) {
      place = blanksEnd(from: end)
      if at(place, is: closing) { return place + 1 }
      guard at(place, is: ",") else { return nil }
      place = blanksEnd(from: place + 1)
    }
    return nil
  }

  /// With its quotes.
  func end(ofStringAt start: Int) -> Int? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else { return nil }
    var place = start + 1
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") { return place + 1 }
      if byte < 0x20 { return nil }
      if byte == UInt8(ascii: "\\") {
        guard let next = end(ofEscapeAt: place) else { return nil }
        place = next
      } else {
        place += 1
      }
    }
    return nil
  }

  private func end(ofEscapeAt start: Int) -> Int? {
    guard start + 1 < bytes.count else { return nil }
    switch bytes[start + 1] {
    case UInt8(ascii: "u"): return unit(ofEscapeAt: start) == nil ? nil : start + 6
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start + 2
    default: return nil
    }
  }

  /// The code unit of the escape `\uXXXX` that begins at `start`.
  package func unit(ofEscapeAt start: Int) -> UInt16? {
    guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"),
      bytes[start + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt16 = 0
    for place in (start + 2)..<(start + 6) {
      let digit: UInt8
      switch bytes[place] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[place] - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = bytes[place] - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = bytes[place] - UInt8(ascii: "A") + 10
      default: return nil
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  private func end(ofNumberAt start: Int) -> Int? {
    var place = start
    if at(place, is: "-") { place += 1 }
    if at(place, is: "0") {
      place += 1
    } else {
      guard let end = digitsEnd(from: place) else { return nil }
      place = end
    }
    if at(place, is: ".") {
      guard let end = digitsEnd(from: place + 1) else { return nil }
      place = end
    }
    if at(place, is: "e") || at(place, is: "E") {
      place += 1
      if at(place, is: "+") || at(place, is: "-") { place += 1 }
      guard let end = digitsEnd(from: place) else { return nil }
      place = end
    }
    return place
  }

  private func at(_ place: Int, is scalar: Unicode.Scalar) -> Bool {
    place < bytes.count && bytes[place] == UInt8(ascii: scalar)
  }

  /// nil when there is no digit.
  private func digitsEnd(from start: Int) -> Int? {
    var place = start
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
      place += 1
    }
    return place > start ? place : nil
  }

  private func end(of word: StaticString, at start: Int) -> Int? {
    let end = start + word.utf8CodeUnitCount
    guard end <= bytes.count else { return nil }
    let isThere = word.withUTF8Buffer { unsafe bytes[start..<end].elementsEqual($0) }
    return isThere ? end : nil
  }
}

extension UInt8 {
  /// White space as JSON has it.
  package var isBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
