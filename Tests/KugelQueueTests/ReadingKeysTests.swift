import Testing

@testable import KugelQueue

@Suite struct ReadingKeysTests {
  @Test(
    arguments: [
      (" ", [.steer(.toggle)]), ("\u{1B}[D", [.steer(.back)]), ("\u{1B}[C", [.steer(.on)]),
      ("\u{1B}OD\u{1B}OC", [.steer(.back), .steer(.on)]),
      ("\u{1B}[H0", [.steer(.again), .steer(.again)]),
      ("q", [.quit]), ("Q", [.quit]), ("?", [.help]),
      // With Shift or Ctrl an arrow is an arrow.
      ("\u{1B}[1;5D", [.steer(.back)]),
      // Other keys mean nothing, and none of their bytes does.
      ("\u{1B}[A\u{1B}[15~\u{1B}[3~", []), ("abc\r\nxyz", []), ("\u{1B}q", []),
      ("\u{1B}\u{1B}[D", [.steer(.back)]),
      ("ü €", [.steer(.toggle)]), ("\u{1B}[", []),
    ] as [(String, [ReadingKeys.Press])])
  func `what keys mean, in one piece and byte by byte`(typed: String, presses: [ReadingKeys.Press])
  {
    var keys = ReadingKeys()
    #expect(keys.take(typed.utf8) == presses)
    var torn = ReadingKeys()
    #expect(typed.utf8.flatMap { torn.take([$0]) } == presses)
  }
}
