import Glibc

/// Text that is complete, of which only a piece at a time need be in memory.
package struct KnownText {
  package enum Part {
    case text(String)
    /// The rest of a regular file, which is closed when it was read; the name is for messages.
    case file(descriptor: CInt, name: String)
  }

  enum Piece: Equatable {
    case text(String)
    /// Text that holds bytes that are none, the first of them at `offset` of the file.
    case flawed(String, name: String, offset: Int)
    case unreadable(name: String, code: CInt)
  }

  /// Scalars that are handed out at once.
  static let longestPiece = 60_000

  private var parts: [Part]
  private var text = ""[...].unicodeScalars
  private var file: TextInput?
  private var toldFlaw = false

  package init(_ parts: [Part]) { self.parts = parts.reversed() }

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
        toldFlaw = false
      case nil: return nil
      }
    }
  }

  private mutating func readFile() -> Piece? {
    guard let arrival = file?.read(), let read = file else { return nil }
    switch arrival {
    case .text(let text, bytes: _): return piece(text, of: read)
    case .end(let rest):
      close(read.descriptor)
      file = nil
      return rest.isEmpty ? nil : piece(rest, of: read)
    case .failed(let code):
      close(read.descriptor)
      file = nil
      parts = []
      return .unreadable(name: read.name, code: code)
    }
  }

  private mutating func piece(_ text: String, of file: TextInput) -> Piece {
    guard !toldFlaw, let offset = file.firstInvalidOffset else { return .text(text) }
    toldFlaw = true
    return .flawed(text, name: file.name, offset: offset)
  }
}
