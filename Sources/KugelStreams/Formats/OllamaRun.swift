import KugelText

/// What `ollama run` prints: text, before it what the model thinks, between a first line `Thinking...` and a
/// line `...done thinking.` with the blank line after it. On a terminal both are wrapped in colours.
///
/// Source: stream notes, row `ollama-run`.
struct OllamaRunFilter: Sendable {
  private enum Place: Equatable {
    /// Nothing but white space and colours so far, or the beginning of the opening line.
    case opening
    case thinking
    /// Behind the closing line; a blank one belongs to it.
    case closed
    case text
  }

  private static let opening = Array("Thinking...".utf8)
  private static let closing = Array("...done thinking.".utf8)
  /// Bytes of a thought that are told at once, where no line ends.
  private static let longest = 4096

  /// Bytes before which the opening line must have come.
  private static let longestOpening = 256

  private var place = Place.opening
  private var line: [UInt8] = []
  private var colours = ColourSkipper()
  private var thought = UTF8Decoder()

  mutating func read(_ bytes: [UInt8]) -> [StreamEvent] {
    var thoughts = ""
    var rest = bytes[...]
    while place != .text, let byte = rest.popFirst() { take(byte, &thoughts) }
    var events: [StreamEvent] = thoughts.isEmpty ? [] : [.reasoning(thoughts)]
    if place == .text, !(line.isEmpty && rest.isEmpty) {
      events.append(.plain(line + rest))
      line = []
    }
    return events
  }

  mutating func finish() -> [StreamEvent] {
    defer { line = [] }
    switch place {
    case .opening, .closed, .text: return line.isEmpty ? [] : [.plain(line)]
    case .thinking:
      let rest = thought.decode(line) + thought.finish()
      return (rest.isEmpty ? [] : [.reasoning(rest)]) + [.cut]
    }
  }

  private mutating func take(_ byte: UInt8, _ thoughts: inout String) {
    let isVisible = colours.shows(byte)
    switch place {
    case .opening:
      line.append(byte)
      guard isVisible else { return }
      let seen = ColourSkipper.visible(line).drop(while: \.isBlank)
      if seen.last == 0x0A, seen.dropLast().filter({ $0 != 0x0D }) == Self.opening[...] {
        (place, line) = (.thinking, [])
      } else if !(Self.opening + [0x0D, 0x0A]).starts(with: seen),
        !(Self.opening + [0x0A]).starts(with: seen)
      {
        place = .text
      }
      if line.count > Self.longestOpening { place = .text }
    case .thinking:
      if isVisible { line.append(byte) }
      guard byte == 0x0A || line.count >= Self.longest else { return }
      if line.filter({ !$0.isBlank }) == Self.closing.filter({ !$0.isBlank }) {
        (place, line) = (.closed, [])
      } else {
        thoughts += thought.decode(line)
        line = []
      }
    case .closed:
      guard isVisible else { return }
      if byte == 0x0A {
        (place, line) = (.text, [])
      } else if byte != 0x0D {
        (place, line) = (.text, [byte])
      }
    case .text: break
    }
  }
}

/// Tells which bytes a terminal shows, and which steer it: sequences from ESC `[` to a letter.
struct ColourSkipper: Sendable {
  private enum Place { case text, escape, sequence }

  private var place = Place.text

  mutating func shows(_ byte: UInt8) -> Bool {
    switch place {
    case .text:
      if byte == 0x1B { place = .escape }
      return byte != 0x1B
    case .escape:
      place = byte == UInt8(ascii: "[") ? .sequence : .text
      return false
    case .sequence:
      if (0x40...0x7E).contains(byte) { place = .text }
      return false
    }
  }

  static func visible(_ bytes: [UInt8]) -> [UInt8] {
    var skipper = ColourSkipper()
    return bytes.filter { skipper.shows($0) }
  }
}
