import Testing

@testable import KugelClient

@Suite struct CopiedLineTests {
  @Test(arguments: [
    ([], false), (["a"], true), (["a\n"], false), (["a\n", "b"], true), (["a", "\n"], false),
    (["a", ""], true),
    // A thought is dim, and says so behind its end.
    (["\u{1B}[2ma\n\u{1B}[22m"], false), (["\u{1B}[2ma\u{1B}[22m"], true),
  ])
  func `a line is open until it is ended, by the text or by whoever asks`(
    pieces: [String], isOpen: Bool
  ) {
    let line = CopiedLine()
    for piece in pieces { line.wrote(Array(piece.utf8)) }
    #expect(line.end() == isOpen)
    #expect(!line.end())
  }
}
