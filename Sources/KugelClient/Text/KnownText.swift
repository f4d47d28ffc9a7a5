import Glibc
import KugelReading

/// Text that is complete, of which only a piece at a time need be in memory.
package struct KnownText {
  package enum Part {
    case text(String)
    /// The rest of a regular file, which is closed when it was read; the name is for messages.
    case file(descriptor: CInt, name: String)
    /// What follows is a text of its own, and read so.
    case reading(TextReading)
  }

  enum Piece: Equatable {
    case text(String)
    /// Text of which there is something to be told.
    case flawed(String, name: String, [InputRemark])
    case unreadable(name: String, code: CInt)
    case binary(name: String, BinaryInputError)
    case reading(TextReading)
  }

  /// Scalars that are handed out at once.
  static let longestPiece = 60_000

  private var parts: [Part]
  private var text = ""[...].unicodeScalars
  private var file: TextInput?

  package init(_ parts: [Part]) { self.parts = parts.reversed() }

  /// Whether nothing is left, as far as that is known without reading.
  var isAtEnd: Bool { text.isEmpty && file == nil && parts.isEmpty }

  /// The next piece; nil at the end, and behind what cannot be read.
  mutating func next() -> Piece? {
    while true {
      if !text.isEmpty {
        let piece = text.prefix(Self.longestPiece)
        text = text[piece.endIndex...]
        return .text(String(piece))
      }
      if let piece = readFile() { return piece }
      if file != nil { continue }
      switch parts.popLast() {
      case .text(let next): text = next[...].unicodeScalars
      case .file(let descriptor, let name):
        file = TextInput(descriptor: descriptor, name: name)
      case .reading(let reading): return .reading(reading)
      case nil: return nil
      }
    }
  }

  private mutating func readFile() -> Piece? {
    guard let arrival = file?.read(), let read = file else { return nil }
    switch arrival {
    case .text(let text, bytes: _): return piece(text, of: read.name)
    case .end(let rest):
      let piece = piece(rest, of: read.name)
      leave(read)
      return rest.isEmpty ? nil : piece
    case .failed(let code):
      leave(read)
      parts = []
      return .unreadable(name: read.name, code: code)
    case .binary(let error):
      leave(read)
      parts = []
      return .binary(name: read.name, error)
    }
  }

  private mutating func leave(_ read: TextInput) {
    close(read.descriptor)
    file = nil
  }

  private mutating func piece(_ text: String, of name: String) -> Piece {
    let remarks = file?.remarks() ?? []
    return remarks.isEmpty ? .text(text) : .flawed(text, name: name, remarks)
  }
}
