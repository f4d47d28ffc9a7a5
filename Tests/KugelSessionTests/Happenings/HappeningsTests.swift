import KugelSession
import KugelText
import KugelWire
import Testing

private let start = ContinuousClock.now

private func after(_ milliseconds: Int) -> ContinuousClock.Instant {
  start + .milliseconds(milliseconds)
}

/// Audible, at 24 kHz.
private func frame(_ milliseconds: Int, chunk: Int = 0, silent: Int = 0) -> AudioFrame {
  let quiet = [Int16](repeating: 0, count: silent * 24)
  return AudioFrame(
    samples: quiet + [Int16](repeating: 1000, count: (milliseconds - silent) * 24), rate: 24_000,
    index: 0, chunk: chunk)
}

extension [Happening] {
  fileprivate var firstSound: Duration? {
    firstNonNil { if case .firstSound(let after) = $0.what { after } else { nil } }
  }

  fileprivate func firstNonNil<Value>(_ value: (Happening) -> Value?) -> Value? {
    compactMap(value).first
  }
}

@Suite struct HappeningsTests {
  @Test func `where nothing is played the first sound is when it was received`() {
    var run = Happenings()
    _ = run.observe(.text("Hi."), [.turnBegan(1)], at: start)
    let told = run.observe(.tick, [.play(frame(100, silent: 20), turn: 1)], at: after(80))
    #expect(told.firstSound == .milliseconds(100))
    #expect(run.played(2400, at: after(80)).firstSound == nil)
  }

  @Test func `with speakers the first sound is when it was heard, however long it was held`() {
    var run = Happenings(TurnLedger.Rules(plays: true))
    _ = run.observe(.text("Hi."), [.turnBegan(1)], at: start)
    let told = run.observe(.tick, [.play(frame(100, silent: 20), turn: 1)], at: after(80))
    #expect(told.firstSound == nil)
    let ended = run.observe(.tick, [.turnEnded(TurnReport(turn: 1))], at: after(90))
    #expect(ended.count == 1)
    // Held until all was there: 30 ms have been heard by 2 s.
    let heard = run.played(720, at: after(2000))
    #expect(heard.firstSound == .milliseconds(1990))
    #expect(heard.contains { $0.what == .soundReached(at: after(1990)) })
    #expect(run.ledger.turns.first?.firstSound?.after == .milliseconds(1990))
  }

  @Test func `a device that keeps no time does not play before there is sound`() {
    var run = Happenings(TurnLedger.Rules(plays: true))
    _ = run.observe(.text("Hi."), [.turnBegan(1)], at: start)
    _ = run.observe(.tick, [.play(frame(3000), turn: 1)], at: after(80))
    let heard = run.played(72_000, at: after(90))
    #expect(heard.firstSound == .milliseconds(80))
    #expect(heard.contains { $0.what == .soundReached(at: after(80)) })
  }

  @Test func `what was heard counts, not what came`() {
    var run = Happenings(TurnLedger.Rules(plays: true))
    _ = run.observe(.text("Hi."), [.turnBegan(1)], at: start)
    _ = run.observe(.tick, [.play(frame(20_000), turn: 1)], at: after(100))
    _ = run.silenced(at: 36_000, now: after(1600))
    #expect(run.ledger.heardSeconds == 1.5)
    // Nothing more of it is heard, however the position is told before the session is.
    _ = run.played(480_000, at: after(1700))
    var report = TurnReport(turn: 1)
    report.ending = .cancelled
    _ = run.observe(.cancel, [.turnEnded(report)], at: after(1700))
    #expect(run.ledger.isIdle)
    #expect(run.ledger.heardSeconds == 1.5)
  }

  @Test func `the sound breaks off within a turn, never behind the last one`() {
    var run = Happenings(TurnLedger.Rules(plays: true))
    _ = run.observe(.text("Hi."), [.turnBegan(1)], at: start)
    #expect(run.ranDry(cushion: .zero, at: start).isEmpty)
    _ = run.observe(.tick, [.play(frame(100), turn: 1)], at: start)
    _ = run.played(2400, at: after(100))
    // All that came was heard, and more is to come.
    #expect(run.ranDry(cushion: .zero, at: after(150)).map(\.turn) == [1])
    _ = run.observe(.tick, [.play(frame(100), turn: 1)], at: after(160))
    _ = run.observe(.endTurn, [.turnEnded(TurnReport(turn: 1))], at: after(160))
    #expect(run.ranDry(cushion: .zero, at: after(170)).map(\.turn) == [1])
    _ = run.played(4800, at: after(300))
    #expect(run.ranDry(cushion: .zero, at: after(300)).isEmpty)
  }

  @Test func `a chunk begins where its sound does, though it was announced earlier`() {
    var run = Happenings()
    _ = run.observe(.text("One. Two."), [.turnBegan(1)], at: start)
    let segments: [SpeechSession.Action] = [
      .segment("One.", chunk: 0, turn: 1), .segment("Two.", chunk: 1, turn: 1),
    ]
    _ = run.observe(.tick, segments, at: after(10))
    _ = run.observe(.tick, [.play(frame(500), turn: 1)], at: after(20))
    _ = run.observe(.tick, [.play(frame(500, chunk: 1), turn: 1)], at: after(30))
    #expect(run.ledger.turns[0].segments.map(\.start) == [0, 12_000])
  }

  @Test func `without texts an endless turn leaves nothing behind but its counts`() {
    var run = Happenings(TurnLedger.Rules(keepsTexts: false))
    _ = run.observe(.text("One "), [.turnBegan(1)], at: start)
    for _ in 0..<100 { _ = run.observe(.text("more "), [], at: start) }
    _ = run.observe(.tick, [.segment("One more", chunk: 0, turn: 1)], at: start)
    let turn = run.ledger.turns[0]
    #expect(turn.text.isEmpty && turn.segments.isEmpty)
    #expect(turn.characters == 504)
  }

  @Test func `a word is placed in the input and in the sound of the run`() throws {
    var run = Happenings()
    run.skipped("# title\n")
    _ = run.observe(.text("One."), [.turnBegan(1)], at: start)
    _ = run.observe(.tick, [.play(frame(1000), turn: 1)], at: start)
    _ = run.observe(.endTurn, [.turnEnded(TurnReport(turn: 1))], at: start)
    _ = run.observe(.text("Two three."), [.turnBegan(2)], at: start)
    _ = run.observe(.tick, [.segment("Two three.", chunk: 0, turn: 2)], at: start)
    _ = run.observe(.tick, [.play(frame(500), turn: 2)], at: start)
    let times = [
      WordTime(
        word: "three", startMilliseconds: 250, endMilliseconds: 450, characterStart: 4,
        characterEnd: 9, score: 1)
    ]
    let told = run.observe(.tick, [.words(times, chunk: 0, turn: 2)], at: start)
    let word = try #require(
      told.firstNonNil { if case .words(let words) = $0.what { words.first } else { nil } })
    #expect(word.samples == 6000..<10_800)
    #expect(word.startsAt == 1.25)
    #expect(word.source == 16..<21)
  }

  /// "**One** two." is said as "One two.", and a thought before it not at all.
  private func marked(_ run: inout Happenings) -> [Happening] {
    _ = run.observe(.beginTurn, [.turnBegan(1)], at: start)
    _ = run.wrote("<think>no\n</think>", at: start)
    let told = run.wrote("**One** two.", at: start)
    var said = SourcedText()
    said.append(SourcedText("One", at: 20))
    said.append(SourcedText(" two.", at: 25))
    run.says(said.map)
    return told + run.observe(.text(said.string), [], at: start)
  }

  @Test func `what is said leads back to where it was written`() throws {
    var run = Happenings()
    let told = marked(&run)
    #expect(told.contains { $0.what == .written("**One** two.", at: 18) })
    let text = try #require(told.last)
    var map = SourceMap()
    map.copy(20..<23)
    map.copy(25..<30)
    #expect(text.what == .text("One two.", from: map))
    #expect(text.line == 2)
    _ = run.observe(.tick, [.segment("One two.", chunk: 0, turn: 1)], at: start)
    _ = run.observe(.tick, [.play(frame(1000), turn: 1)], at: start)
    let times = [
      WordTime(
        word: "One", startMilliseconds: 0, endMilliseconds: 450, characterStart: 0,
        characterEnd: 3, score: 1)
    ]
    let words = run.observe(.tick, [.words(times, chunk: 0, turn: 1)], at: start)
    let word = try #require(
      words.firstNonNil { if case .words(let words) = $0.what { words.first } else { nil } })
    #expect(word.source == 20..<23 && word.said == 0..<3)
  }

  @Test func `what was heard is told in the text as it was written`() throws {
    var run = Happenings(TurnLedger.Rules(plays: true))
    _ = marked(&run)
    _ = run.observe(.tick, [.segment("One two.", chunk: 0, turn: 1)], at: start)
    _ = run.observe(.tick, [.play(frame(1000), turn: 1)], at: start)
    let times = ["One", "two"].enumerated().map { index, word in
      WordTime(
        word: word, startMilliseconds: 500 * index, endMilliseconds: 500 * index + 400,
        characterStart: 4 * index, characterEnd: 4 * index + 3, score: 1)
    }
    _ = run.observe(.tick, [.words(times, chunk: 0, turn: 1)], at: start)
    _ = run.played(7200, at: after(300))
    let heard = try #require(run.ledger.turn(1)).heard
    #expect(heard.heard == "<think>no\n</think>**One**")
    #expect(heard.unheard == " two.")
    #expect(!heard.isEstimated)
    _ = run.played(24_000, at: after(1000))
    _ = run.observe(.endTurn, [], at: after(1000))
    var report = TurnReport(turn: 1)
    report.audioSamples = 24_000
    let ended = run.observe(.tick, [.turnEnded(report)], at: after(1000))
    let last = ended.firstNonNil { if case .heard(let turn) = $0.what { turn } else { nil } }
    #expect(last?.heard.unheard == "")
  }

  @Test func `a lost connection goes on at a place of the input`() {
    var run = Happenings()
    _ = marked(&run)
    let nothing = run.observe(.tick, [.resumed(turn: 1)], at: start)
    #expect(nothing.contains { $0.what == .resumed(source: 0) })
    _ = run.observe(.tick, [.segment("One", chunk: 0, turn: 1)], at: start)
    _ = run.observe(.tick, [.segment("two.", chunk: 1, turn: 1)], at: start)
    let told = run.observe(.tick, [.resumed(turn: 1)], at: start)
    #expect(told.contains { $0.what == .resumed(source: 25) })
  }

  @Test func `speakers of a script are counted apart, over one connection`() {
    var run = CastHappenings()
    _ = run.observe(.start, [.connect], at: start)
    var told = run.observe(.opened, [], at: after(3))
    for (turn, name) in [(1, "anna"), (2, "ben")] {
      told += run.observe(
        .text("Hi.", context: name), [.turnBegan(turn, context: name)], at: after(5))
    }
    told += run.observe(.tick, [.play(frame(100), turn: 2, context: "ben")], at: after(50))
    told += run.observe(
      .tick, [.contextClosed("ben", usage: Usage(audioSeconds: 0.1))], at: after(60))
    #expect(run.ledger(of: "anna").open?.text == "Hi.")
    #expect(run.ledger(of: "ben").offered == 2400)
    #expect(!run.ledger(of: "anna").hasSound)
    let begun = told.filter { $0.what == .turnBegan }
    #expect(begun.map(\.context) == ["anna", "ben"])
    #expect(told.filter { $0.what == .reused }.map(\.context) == ["ben"])
    #expect(told.contains { $0.what == .contextClosed(usage: Usage(audioSeconds: 0.1)) })
    _ = run.played(1200, of: "ben", at: after(200))
    #expect(run.heardSeconds == 0.05)
  }
}
