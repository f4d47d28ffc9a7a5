import KugelQueue
import KugelScreen
import KugelText
import Testing

@Suite struct QueueRowTests {
  private func item(_ id: Int32, from source: String? = nil, title: String? = nil) -> QueueItem {
    var wish = QueueWish()
    (wish.source, wish.title) = (source, title)
    return QueueItem(id: id, process: id, wish: wish, arrival: 1_000_000_000, date: 1_900_000_000)
  }

  private var rows: [QueueRow] {
    var speaking = item(7, from: "claude", title: "The build is done.")
    speaking.state = .speaking
    var report = SpeechReport()
    (report.heard, report.left, report.isGrowing) = (2.04, 64.96, true)
    var waiting = item(8, from: "codex", title: "Two \"files\"\u{1B} changed")
    (waiting.wish.priority, waiting.wish.characters) = (.urgent, 150)
    var paused = report
    (paused.isPaused, paused.isGrowing) = (true, false)
    return [
      QueueRow(.init(speaking), report: report, at: 13_000_000_000),
      QueueRow(.init(speaking), report: paused, at: 13_000_000_000),
      QueueRow(.init(waiting), report: nil, at: 2_500_000_000),
      QueueRow(.init(item(9), .suspended), report: nil, at: 0),
    ]
  }

  @Test func `a table for people`() {
    #expect(
      QueueRow.table(rows)
        == """
        ID  STATE      FROM    PRIORITY  AGE   LEFT   TEXT
        7   speaking   claude  normal    0:12  1:04+  The build is done.
        7   paused     claude  normal    0:12  1:04   The build is done.
        8   waiting    codex   urgent    0:01  ~0:10  Two "files"\u{FFFD} changed
        9   suspended  -       normal    0:00  -      -

        """.replacing("\u{FFFD}", with: "\u{1B}".printable))
    #expect(QueueRow.table([]) == "")
  }

  @Test func `JSON for programs`() {
    #expect(
      QueueRow.json(Array(rows.prefix(1)) + rows.suffix(2)) == """
        [
          {"id":7,"process":7,"state":"speaking","from":"claude","priority":"normal",\
        "since":1900000000,"age":12.0,"heard":2.0,"left":65.0,"growing":true,\
        "text":"The build is done."},
          {"id":8,"process":8,"state":"waiting","from":"codex","priority":"urgent",\
        "since":1900000000,"age":1.5,"left":10.0,"growing":false,"chars":150,\
        "text":"Two \\"files\\"\\u001b changed"},
          {"id":9,"process":9,"state":"suspended","priority":"normal","since":1900000000,\
        "age":0.0,"growing":false}
        ]

        """)
    #expect(QueueRow.json([]) == "[]\n")
  }
}
