import Testing

@testable import KugelCLI
@testable import KugelJobs
@testable import KugelScreen

@Suite struct StatusLineTests {
  private var line: StatusLine {
    StatusLine(
      phase: .speaking, spoken: 67.4, share: 0.5, cushion: 1.24, firstSound: 131, gaps: 1)
  }

  @Test(arguments: [
    (
      100,
      "speaking 1:07  [##########..........]  1.2 s in hand  first sound 131 ms  broke off once"
    ),
    (79, "speaking 1:07  [##########..........]  1.2 s in hand  first sound 131 ms"),
    (60, "speaking 1:07  [##########..........]  1.2 s in hand"),
    (40, "speaking 1:07  [##########..........]"), (20, "speaking 1:07"), (6, "speak"), (0, ""),
  ])
  func `what does not fit is left out, the last column stays free`(width: Int, shown: String) {
    #expect(line.text(width: width) == shown)
  }

  @Test func `a growing text has no bar, a file no cushion`() {
    var line = StatusLine(phase: .writing, spoken: 3725)
    #expect(line.text(width: 80) == "writing 1:02:05")
    line.share = 2
    #expect(line.text(width: 80) == "writing 1:02:05  [####################]")
  }

  @Test func `whoever waits for another says for whom, before all else`() {
    var line = line
    line.waitsFor = "claude (process 4711)"
    let shown = "waiting for claude (process 4711)"
    #expect(line.text(width: 80) == shown + "  kugel skip ends that")
    #expect(line.text(width: 40) == shown)
    line.waitsFor = nil
    #expect(line.text(width: 20) == "speaking 1:07")
  }

  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("😀", 2), ("👨‍👩‍👧", 2), ("\u{200B}", 0),
    ("한", 2), ("１", 2), ("ß→", 2),
  ])
  func `wide characters take two columns, marks none`(text: String, columns: Int) {
    #expect(CellWidth.of(text) == columns)
  }
}
