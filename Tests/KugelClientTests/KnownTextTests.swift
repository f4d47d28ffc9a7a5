import Glibc
import KugelReading
import Testing

@testable import KugelClient

@Suite struct KnownTextTests {
  /// A file without a name that holds these bytes, read from its start.
  private func file(_ bytes: [UInt8]) throws -> CInt {
    let file = unsafe try #require(tmpfile())
    defer { unsafe fclose(file) }
    let descriptor = unsafe dup(fileno(file))
    #expect(unsafe write(descriptor, bytes, bytes.count) == bytes.count)
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  private func pieces(_ parts: [KnownText.Part]) -> [KnownText.Piece] {
    var text = KnownText(parts)
    var pieces: [KnownText.Piece] = []
    while let piece = text.next() { pieces.append(piece) }
    return pieces
  }

  private func joined(_ pieces: [KnownText.Piece]) -> String {
    pieces.map {
      switch $0 {
      case .text(let text), .flawed(let text, name: _, _): text
      case .unreadable, .binary, .reading: ""
      }
    }.joined()
  }

  @Test func `a long text comes whole and in pieces`() throws {
    let text = (1...30_000).map { "Zeile \($0) für alle.\n" }.joined()
    let parts: [[KnownText.Part]] = [
      [.text(text)], [.file(descriptor: try file(Array(text.utf8)), name: "a")],
    ]
    for parts in parts {
      let pieces = pieces(parts)
      #expect(pieces.count > 5)
      #expect(joined(pieces) == text)
      #expect(pieces.allSatisfy { joined([$0]).utf8.count <= 4 * KnownText.longestPiece })
    }
  }

  @Test func `files and texts follow each other, empty ones are nothing`() throws {
    let pieces = pieces([
      .file(descriptor: try file([]), name: "a"), .text(""),
      .file(descriptor: try file(Array("One.".utf8)), name: "b"), .text("\n\n"),
      .file(descriptor: try file(Array("Two.".utf8)), name: "c"),
    ])
    #expect(pieces == [.text("One."), .text("\n\n"), .text("Two.")])
  }

  @Test func `what is no text is told once for each file, also at its very end`() throws {
    let pieces = pieces([
      .file(descriptor: try file(Array("ab".utf8) + [0xFF, 0x20, 0xFE]), name: "a"),
      .file(descriptor: try file(Array("cd".utf8) + [0xE2, 0x82]), name: "b"),
    ])
    #expect(
      pieces == [
        .flawed("ab\u{FFFD} \u{FFFD}", name: "a", [.invalid(offset: 2)]), .text("cd"),
        .flawed("\u{FFFD}", name: "b", [.invalid(offset: 2)]),
      ])
  }

  @Test func `a file that is no text is the end`() throws {
    #expect(
      pieces([
        .text("One."), .file(descriptor: try file(Array("%PDF-1.7\n".utf8)), name: "a"),
        .text("Two."),
      ]) == [.text("One."), .binary(name: "a", BinaryInputError(kind: "a PDF document"))])
  }

  @Test func `a file that cannot be read on is the end`() throws {
    let unreadable = unsafe open("/dev/null", O_WRONLY)
    #expect(
      pieces([.text("One."), .file(descriptor: unreadable, name: "a"), .text("Two.")])
        == [.text("One."), .unreadable(name: "a", code: EBADF)])
  }
}
