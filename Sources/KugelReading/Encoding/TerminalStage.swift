import KugelText

/// Takes out what is meant for a terminal: colours, titles, hyperlinks, overstrikes and other control
/// characters.
///
/// Source: ECMA-48, sections 5.4 and 5.6; xterm's control sequences.
package struct TerminalStage: TextStage {
  /// A string for the terminal that is longer than this was none.
  private static let longestString = 4096

  private enum Place: Equatable {
    case text
    /// Behind an escape.
    case escape
    /// In a sequence that ends with a letter.
    case sequence
    /// In a string that ends with BEL or ST, after so many scalars.
    case string(Int)
    /// In such a string behind an escape.
    case stringEscape(Int)
  }

  private var place = Place.text

  package init() {}

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if place == .text {
        guard Self.isControl(scalar) || isOverstruck(scalars, at: index) else {
          index += 1
          continue
        }
        output.append(text, start..<index)
        begin(scalar)
        // What was struck over goes with the backspace.
        index += isOverstruck(scalars, at: index) ? 2 : 1
      } else {
        goOn(scalar)
        index += 1
      }
      start = index
    }
    // The last scalar may yet be struck over.
    if place == .text, ahead == .more, start < scalars.count, let last = scalars.last,
      Self.mayBeStruck(last)
    {
      output.append(text, start..<(scalars.count - 1))
      return scalars.count - 1
    }
    if place == .text { output.append(text, start..<scalars.count) }
    if ahead == .end { place = .text }
    return scalars.count
  }

  private func isOverstruck(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    index + 1 < scalars.count && scalars[index + 1] == "\u{8}" && Self.mayBeStruck(scalars[index])
  }

  /// Manual pages strike letters twice to make them bold, and lines over them.
  private static func mayBeStruck(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.isLetter
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0x09, 0x0A, 0x0D: false
    case 0...0x1F, 0x7F...0x9F: scalar.value != 0x85
    default: false
    }
  }

  private mutating func begin(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x1B: place = .escape
    case 0x9B: place = .sequence
    case 0x90, 0x98, 0x9D, 0x9E, 0x9F: place = .string(0)
    default: break
    }
  }

  private mutating func goOn(_ scalar: Unicode.Scalar) {
    switch place {
    case .text: break
    case .escape:
      switch scalar.value {
      case 0x5B: place = .sequence
      case 0x5D, 0x50, 0x58, 0x5E, 0x5F: place = .string(0)
      // Intermediate bytes go on, anything else ends it.
      case 0x20...0x2F: break
      default: place = .text
      }
    case .sequence:
      if !(0x20...0x3F).contains(scalar.value) { place = .text }
    case .string(let count):
      if scalar == "\u{7}" || scalar == "\u{9C}" || count >= Self.longestString {
        place = .text
      } else {
        place = scalar == "\u{1B}" ? .stringEscape(count + 1) : .string(count + 1)
      }
    case .stringEscape(let count):
      place = scalar == "\\" ? .text : .string(count + 1)
    }
  }
}
