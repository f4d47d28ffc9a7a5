import Glibc
import KugelAudio
import KugelEngine
import KugelScreenplay
import KugelSystem
import KugelWire
import Testing

@testable import KugelClient

private let cast = "@voice a = tone:1\n@voice b = tone:2\n@voice c = other:3\n"

@Suite struct ScriptRunTests {
  @Test func `stems are the voices bit by bit, and the mix is their sum at the given offsets`()
    throws
  {
    let bench = try ScriptBench()
    let outcome = try bench.run(
      cast + """
        @gap 250ms
        a: Hello over there. Two sentences.
        b: And an answer.
        [pause 600ms]
        a: Now both
        b +(-150ms): at once!
        c +(0): Another engine.
        a (speed 2): Quickly.
        """)
    #expect(outcome.failedLines == [])
    var expected = TimeLine()
    expected.add(try tone("Hello over there. Two sentences."), "a", lead: 0)
    expected.add(try tone("And an answer.", voice: 2), "b", lead: 6000)
    expected.add(try tone("Now both"), "a", lead: 14_400)
    expected.add(try tone("at once!", voice: 2), "b", lead: -3600)
    expected.add(try tone("Another engine.", voice: 3), "c", lead: 0)
    expected.add(try tone("Quickly.", speed: 2), "a", lead: 6000)
    #expect(bench.mixed == expected.samples)
    for name in ["a", "b", "c"] { #expect(bench.stem(name) == expected.stems[name]) }
    #expect(bench.stemNames == ["a", "b", "c"])
    let sums = bench.mixed.indices.map { index in
      bench.stem("a")[index] + bench.stem("b")[index] + bench.stem("c")[index]
    }
    #expect(sums == bench.mixed)
    #expect(bench.line(4) == (try tone("at once!", voice: 2)))
    #expect(bench.servicesOpened == ["tone", "other"])
    #expect(outcome.length == bench.mixed.count)
    #expect((outcome.turns, outcome.spokenTurns) == (6, 6))
  }

  @Test func `voices whose settings a service would mix up speak over connections of their own`()
    throws
  {
    let bench = try ScriptBench()
    let temperatures = Monitor<[String]>([])
    bench.adaptProfile = { profile in
      profile.refusal = { settings in
        let voice = settings.voice.map { "\($0)" } ?? "-"
        let own = settings.temperature.map { "\($0)" } ?? "-"
        temperatures.change { $0.append(voice + " " + own) }
        return nil
      }
    }
    let outcome = try bench.run(
      """
      @voice a = tone:1, temperature 0.2
      @voice b = tone:2
      @voice c = tone:3, temperature 0.2, cfg_scale 1.5
      a: One.
      b: Two.
      c: Three.
      b (temperature 0.9): Four.
      b: Five.
      """)
    #expect(outcome.failedLines == [])
    #expect(bench.servicesOpened == ["tone", "tone", "tone"])
    #expect(
      Set(temperatures.withLock { $0 }) == ["1 0.2", "2 -", "3 0.2", "2 0.9"])
  }

  @Test func `twenty contexts at once: one is refused, the others are whole`() throws {
    let bench = try ScriptBench()
    bench.director.ahead = 20
    var script = ""
    for number in 1...20 {
      // The seventh voice does not exist.
      script += "@voice v\(number) = \(number == 7 ? 99 : number)\n"
    }
    for number in 1...20 { script += "v\(number) +(-50ms): Line \(number).\n" }
    let outcome = try bench.run(script)
    #expect(outcome.failedLines.map(\.line) == [27])
    guard case .speech(.service(let failure))? = outcome.failedLines.first?.cause else {
      Issue.record("line 27 fails with what the service said")
      return
    }
    #expect(failure.kind == .notFound)
    for number in 1...20 where number != 7 {
      #expect(bench.line(number) == (try tone("Line \(number).", voice: number)))
    }
  }

  @Test func `more speakers than the service has places take turns`() throws {
    let bench = try ScriptBench()
    bench.adaptProfile = { $0.contextLimit = 3 }
    bench.director.ahead = 9
    var script = ""
    for number in 1...10 { script += "@voice v\(number) = \(number)\n" }
    for round in 0..<3 {
      for number in 1...10 { script += "v\((number * 3 + round) % 10 + 1): \(round) \(number).\n" }
    }
    let outcome = try bench.run(script)
    #expect(outcome.failedLines == [])
    #expect(outcome.turns == 30)
    #expect(bench.line(1) == (try tone("0 1.", voice: 4)))
    #expect(bench.line(30) == (try tone("2 10.", voice: 3)))
  }

  @Test func `sounds are mixed in, and one that is missing is told`() throws {
    var template = Array("/tmp/kugel-client-XXXXXX".utf8CString)
    try #require(unsafe mkdtemp(&template) != nil)
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
      unsafe unlink(folder + "/bell.wav")
      unsafe rmdir(folder)
    }
    let bell = (0..<50_000).map { Int16($0 % 997) }
    let sink = try FileSink(path: folder + "/bell.wav", format: .wav)
    try sink.write(bell, rate: 24_000)
    try sink.finish()

    let bench = try ScriptBench()
    let outcome = try bench.run(
      cast + "a: Listen.\n[sound \(folder)/bell.wav]\nb +(-1s): Nice.\n[sound \(folder)/none.wav]\n"
    )
    var expected = TimeLine()
    expected.add(try tone("Listen."), "a", lead: 0)
    expected.add(bell, "[sounds]", lead: 6000)
    expected.add(try tone("Nice.", voice: 2), "b", lead: -24_000)
    #expect(Array(bench.mixed.prefix(expected.samples.count)) == expected.samples)
    #expect(
      Array(bench.stem("[sounds]").prefix(expected.samples.count)) == expected.stems["[sounds]"])
    #expect(Array(bench.stem("b").prefix(expected.samples.count)) == expected.stems["b"])
    #expect(outcome.failedLines.map(\.line) == [7])
  }

  @Test func `a script that grows is spoken as it comes, and its error told at the end`() throws {
    let pipe = try TestPipe()
    let bench = try ScriptBench()
    pipe.write(cast + "a: One.\n")
    bench.onNotice = { notice in
      guard case .mark = notice else { return }
      pipe.write("b: Two.\nnobody: Three.\na: Four.\n")
    }
    pipe.write("[mark here]\nb: Between.\n[pause 0]\n")
    let outcome = try bench.run(.descriptor(pipe.readEnd, ScriptBench.options))
    #expect(outcome.scriptError?.line == 9)
    #expect(outcome.turns == 3)
    var expected = TimeLine()
    expected.add(try tone("One."), "a", lead: 0)
    expected.add(try tone("Between.", voice: 2), "b", lead: 6000)
    expected.add(try tone("Two.", voice: 2), "b", lead: 0)
    #expect(bench.mixed == expected.samples)
  }

  @Test func `a signal ends it, and what was made is kept`() throws {
    let bench = try ScriptBench()
    bench.onNotice = { notice in
      if case .mark = notice { bench.inbox.post(.signal(SIGINT)) }
    }
    defer { bench.onNotice = { _ in } }
    let pipe = try TestPipe()
    pipe.write(cast + "a: One.\n[mark here]\na: Two.\nb: Three.\n")
    let outcome = try bench.run(.descriptor(pipe.readEnd, ScriptBench.options))
    #expect(outcome.signal == SIGINT)
  }

  @Test func `a voice that cannot be cast ends the run`() throws {
    let bench = try ScriptBench()
    let items: [ScriptItem] = [
      ScriptItem(.voice(VoiceDeclaration(name: "a", choice: .automatic)), line: 1),
      ScriptItem(.line(ScriptLine(speaker: "a", text: "One.")), line: 2),
    ]
    let outcome = try bench.run(.items(items))
    #expect(outcome.castError is ScriptBench.Uncast)
  }

  @Test func `hundreds of lines hold no more sound than a few`() throws {
    let bench = try ScriptBench()
    var script = cast
    for number in 0..<300 { script += "\(number % 2 == 0 ? "a" : "b"): \(number)\n" }
    let outcome = try bench.run(script)
    #expect(outcome.turns == 300)
    var expected = TimeLine()
    for number in 0..<300 {
      expected.add(
        try tone("\(number)", voice: number % 2 + 1), "x", lead: number == 0 ? 0 : 6000)
    }
    #expect(bench.mixed == expected.samples)
  }

  @Test func `what happens is told by line and speaker, each sound heard where the mix has it`()
    throws
  {
    let bench = try ScriptBench()
    let ear = Ear()
    bench.listeners = [ear]
    let outcome = try bench.run(
      cast + "a: One two.\nb +(-50ms): Three.\na (speed 2): Four.\nc: Five.\n")
    #expect(outcome.failedLines == [])
    let all = ear.all
    let ended = all.filter { if case .turnEnded = $0.what { true } else { false } }
      .sorted { ($0.turn ?? 0) < ($1.turn ?? 0) }
    #expect(ended.map(\.turn) == [1, 2, 3, 4])
    #expect(ended.map(\.context) == ["a", "b", "a/2", "c"])
    #expect(ended.map(\.line) == [4, 5, 6, 7])
    // Each exactly once, and after its end.
    var heard: [Int] = []
    for happening in all {
      if case .heard(let turn) = happening.what {
        #expect(turn.played == turn.samples && turn.samples > 0)
        heard.append(happening.turn ?? 0)
      }
    }
    #expect(heard.sorted() == [1, 2, 3, 4])
    let places = Dictionary(
      all.compactMap { happening -> (Int, Double)? in
        guard case .placed(let seconds) = happening.what else { return nil }
        return (happening.turn ?? 0, seconds)
      }, uniquingKeysWith: { $1 })
    let first = try tone("One two.").count
    #expect(places[1] == 0)
    #expect(places[2] == Double(first - 1200) / 24_000)
    #expect(all.contains { $0.what == .contexts(active: 2) })
  }
}
