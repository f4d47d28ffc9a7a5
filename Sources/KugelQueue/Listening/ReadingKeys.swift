/// What keys mean where kugel plays at a terminal. Pure: bytes in, in any pieces.
package struct ReadingKeys: Sendable {
  package enum Press: Equatable, Sendable {
    case steer(Steering)
    /// As Ctrl-C.
    case quit
    case help
  }

  /// What `?` shows.
  package static let help =
    "space: pause and go on, left and right: a sentence back and on, 0: from the start, q: stop"

  private enum State { case plain, escape, control }
  private var state = State.plain

  package init() {}

  package mutating func take(_ bytes: some Sequence<UInt8>) -> [Press] {
    bytes.compactMap { take($0) }
  }

  private mutating func take(_ byte: UInt8) -> Press? {
    switch (state, byte) {
    case (_, 0x1B):
      state = .escape
      return nil
    case (.escape, UInt8(ascii: "[")), (.escape, UInt8(ascii: "O")):
      state = .control
      return nil
    case (.control, 0x30...0x3F):
      // A parameter of what follows, such as a modifier's.
      return nil
    case (.control, _):
      state = .plain
      return Self.arrow(byte)
    case (.escape, _):
      // A key with Alt means nothing here.
      state = .plain
      return nil
    case (.plain, _): return Self.letter(byte)
    }
  }

  /// The last byte of a control sequence.
  private static func arrow(_ byte: UInt8) -> Press? {
    switch byte {
    case UInt8(ascii: "D"): .steer(.back)
    case UInt8(ascii: "C"): .steer(.on)
    case UInt8(ascii: "H"): .steer(.again)
    default: nil
    }
  }

  private static func letter(_ byte: UInt8) -> Press? {
    switch byte {
    case UInt8(ascii: " "): .steer(.toggle)
    case UInt8(ascii: "0"): .steer(.again)
    case UInt8(ascii: "q"), UInt8(ascii: "Q"): .quit
    case UInt8(ascii: "?"): .help
    default: nil
    }
  }
}
