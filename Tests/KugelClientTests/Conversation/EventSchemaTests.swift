import KugelSession
import KugelText
import KugelWire
import TestSupport
import Testing

@Suite struct EventSchemaTests {
  private static let heard = HeardText(
    text: "One two.", segments: [], samples: 0, played: 0, rate: 0, isComplete: false,
    places: SaidPlaces(alignment: TextAligner(text: "One two.", chunks: []), map: SourceMap()))

  /// One of each kind, with everything that it can say, and one with as little as it can.
  private static var all: [SpeechEvent.Body] {
    var full = SpeechEvent.ConnectionTimes(ConnectTimes(name: 1, tcp: 2, tls: 3, upgrade: 4))
    full.total = .milliseconds(10)
    var report = TurnReport(turn: 1)
    (report.audioSamples, report.audioRate, report.segments) = (2400, 24_000, 1)
    let usage = Usage(
      audioSeconds: 0.1, characters: 8, costCents: 0.5, currency: "eur", model: "kugel-3")
    return [
      .start(
        version: "1.0", engine: "tone", voice: "1", format: .init(file: "wav", rate: 24_000)),
      .start(version: "1.0", engine: "tone", voice: nil, format: .init()),
      .connect(full, reused: false), .connect(SpeechEvent.ConnectionTimes(), reused: true),
      .session("s-1"), .turnBegin, .text(characters: 3, source: 0..<3),
      .segment(chunk: 0, text: "One", source: 0..<3),
      .segment(chunk: 1, text: "two", source: nil), .audio(samples: 240, total: 480),
      .firstByte(after: .milliseconds(7)), .firstSound(after: .milliseconds(8)),
      .word("One", samples: 0..<240, source: 0..<3, score: 1),
      .word("1", samples: 0..<240, source: nil, score: 0.5), .heard(position: 480),
      .mark(name: "here"), .underrun(cushion: .milliseconds(120)), .keepalive,
      .contexts(active: 3),
      .retry(cause: "it broke", attempt: 1, delay: .milliseconds(100)), .resume(source: 3),
      .resume(source: nil), .warning("slow"), .cancel(heard),
      .turnEnd(TurnFigures(turn: 1, report)), .usage(usage), .usage(nil),
      .answerTool(name: "bash"), .answerUsage(input: 1, output: 2, cost: 0.5, model: "m"),
      .answerUsage(input: nil, output: nil, cost: nil, model: nil),
      .file(path: "a.wav", duration: .seconds(1), state: .complete),
      .file(path: "a.wav", duration: nil, state: .failed),
      .error(SpeechEvent.Trouble(code: "usage", message: "no", exit: 64)),
      .error(SpeechEvent.Trouble(code: "input", message: "no", exit: nil)), .end(exit: 0),
      .reply(
        SpeechEvent.Reply(
          operation: "status", fields: [SpeechEvent.Field("connected", .flag(true))])),
    ]
  }

  @Test func `every kind of event is as the schema says, and the schema knows no other`() throws {
    let schema = try JSONSchema.events()
    var seen: Set<String> = []
    for body in Self.all {
      seen.insert(body.name)
      let bare = SpeechEvent(body, time: .milliseconds(3), turn: 1)
      var placed = SpeechEvent(body, time: .milliseconds(3), turn: 1, line: 2, id: .text("x"))
      (placed.context, placed.item) = ("anna", 4)
      for event in [bare, placed] {
        #expect(schema.faults(of: try JSONTree(event.bytes)) == [])
      }
    }
    #expect(seen == schema.events)
  }
}

extension TurnFigures {
  fileprivate init(turn: Int, _ report: TurnReport) {
    var ledger = TurnLedger()
    _ = ledger.observe(.text("One two."), [.turnBegan(turn)], at: .now)
    self.init(ledger.turns[0], report)
  }
}
