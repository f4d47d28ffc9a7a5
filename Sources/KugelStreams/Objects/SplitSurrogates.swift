/// Joins the halves of a letter that a producer cut between two objects, each as an escape of its own:
/// `\ud83d` at the end of one, `\ude00` at the start of the next.
///
/// A half is no text, so it travels through the JSON library as three noncharacters (U+FDD0 and on, which
/// no text may hold), five bits of the code unit in each.
enum SplitSurrogates {
  private static let first: UInt32 = 0xFDD0

  /// `json` with every escaped half that stands alone as noncharacters; nil when there is none.
  static func marked(_ json: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var copied = 0
    var position = json.startIndex
    while let backslash = json[position...].firstIndex(of: UInt8(ascii: "\\")) {
      position = min(backslash + 2, json.count)
      guard let unit = unit(json, at: backslash), unit & 0xF800 == 0xD800 else { continue }
      position = backslash + 6
      if unit & 0xFC00 == 0xD800, let next = self.unit(json, at: position), next & 0xFC00 == 0xDC00
      {
        position += 6
        continue
      }
      result += json[copied..<backslash]
      for shift in [10, 5, 0] as [UInt16] {
        result += [0xEF, 0xB7, 0x90 + UInt8((unit & 0x7FF) >> shift & 31)]
      }
      copied = position
    }
    return copied == 0 ? nil : result + json[copied...]
  }

  /// The code unit of the escape `\uXXXX` that begins at `position`.
  private static func unit(_ json: [UInt8], at position: Int) -> UInt16? {
    guard position + 6 <= json.count, json[position] == UInt8(ascii: "\\"),
      json[position + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt16 = 0
    for digit in json[(position + 2)..<(position + 6)] {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
      unit = unit << 4 | UInt16(value)
    }
    return unit
  }

  /// Puts the halves together again, over the texts of a stream.
  struct Joiner: Sendable {
    /// The first half of a letter, whose other half may come with the next text.
    private var high: UInt16?

    mutating func join(_ text: String) -> String {
      guard high != nil || text.utf8.contains(0xEF) else { return text }
      var view = String.UnicodeScalarView()
      var marks: [UInt16] = []
      for scalar in text.unicodeScalars {
        guard (0xFDD0...0xFDEF).contains(scalar.value) else {
          give(up: &marks, in: &view)
          endHalf(in: &view)
          view.append(scalar)
          continue
        }
        marks.append(UInt16(scalar.value - first))
        guard marks.count == 3 else { continue }
        take(0xD800 | (marks[0] & 1) << 10 | marks[1] << 5 | marks[2], in: &view)
        marks = []
      }
      give(up: &marks, in: &view)
      return String(view)
    }

    /// A half that stays one; nil when there is none.
    mutating func finish() -> String? {
      defer { high = nil }
      return high == nil ? nil : "\u{FFFD}"
    }

    private mutating func take(_ unit: UInt16, in view: inout String.UnicodeScalarView) {
      if let high, unit & 0xFC00 == 0xDC00 {
        let value = 0x10000 + UInt32(high & 0x3FF) << 10 + UInt32(unit & 0x3FF)
        view.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        self.high = nil
        return
      }
      endHalf(in: &view)
      if unit & 0xFC00 == 0xD800 { high = unit } else { view.append("\u{FFFD}") }
    }

    private mutating func endHalf(in view: inout String.UnicodeScalarView) {
      if high != nil { view.append("\u{FFFD}") }
      high = nil
    }

    /// Noncharacters that are no half of ours.
    private func give(up marks: inout [UInt16], in view: inout String.UnicodeScalarView) {
      for _ in marks { view.append("\u{FFFD}") }
      marks = []
    }
  }
}
