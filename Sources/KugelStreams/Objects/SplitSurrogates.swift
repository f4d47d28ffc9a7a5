import KugelJSON

/// Joins the halves of a letter that a producer cut between two objects, each as an escape of its own:
/// `\ud83d` at the end of one, `\ude00` at the start of the next.
///
/// A half is no text, so it stands in texts as three noncharacters (U+FDD0 and on, which no text may hold),
/// five bits of the code unit in each.
enum SplitSurrogates {
  private static let first: UInt32 = 0xFDD0

  /// What stands for a half, in UTF-8.
  static func mark(_ unit: UInt16) -> [UInt8] {
    ([10, 5, 0] as [UInt16]).flatMap { shift in
      [0xEF, 0xB7, 0x90 + UInt8((unit & 0x7FF) >> shift & 31)] as [UInt8]
    }
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
      if let high, let letter = JSONScanner.letter(high, unit) {
        view.append(letter)
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
