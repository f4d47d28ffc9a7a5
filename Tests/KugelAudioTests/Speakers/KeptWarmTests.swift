import Testing

@testable import KugelAudio

/// The device between two turns: fed seldom, and silent no longer than before when the next word comes.
@Suite struct KeptWarmTests {
  enum Kind: CaseIterable { case card, server, cardThatKeepsAll }

  private func bench(_ kind: Kind, settings: PlaybackSettings = PlaybackSettings()) -> PlaybackBench
  {
    let device = SimulatedDevice(bufferMilliseconds: 400)
    device.canRewind = kind == .card
    device.startsAnewUnheard = kind == .server
    return PlaybackBench(device, settings: settings)
  }

  private func speak(_ samples: [Int16], _ bench: PlaybackBench) {
    bench.offer(samples)
    bench.feed.turnIsComplete = true
  }

  @Test(arguments: [Kind.card, .server])
  func `ten wakes a second are enough, and nothing runs dry`(kind: Kind) {
    let bench = bench(kind)
    speak(hum(4800), bench)
    bench.run(.seconds(1))
    let (steps, heard) = (bench.steps, bench.device.heard.count)
    bench.run(.seconds(5))
    #expect(bench.steps - steps <= 50)
    #expect(abs(bench.device.heard.count - heard - 120_000) < 24)
    #expect(bench.device.calls.isEmpty)
  }

  @Test(arguments: [
    (Kind.card, 10), (.server, 0), (.cardThatKeepsAll, 400),
  ])
  func `the next word is heard whole, and at once where silence gives way`(
    kind: Kind, milliseconds: Int
  ) throws {
    for quiet in [1234, 1300, 1377, 5000] {
      let bench = bench(kind)
      speak(hum(4800), bench)
      bench.run(.milliseconds(quiet))
      let before = bench.device.heard.count
      speak(Array(hum(9600).reversed()), bench)
      bench.run(.seconds(1))
      let after = Array(bench.device.heard[before...])
      let silence = try #require(after.firstIndex { $0 != 0 })
      // A fade begins with a few samples of nothing.
      #expect(silence <= milliseconds * 24 + 24)
      #expect(after.sounding == Array(hum(9600).reversed()).fadedIn().sounding)
      #expect(bench.heardSeconds == 0.6)
      #expect(bench.playback.status.gaps == 0)
    }
  }

  @Test func `a card that keeps all it was given is given little from then on`() throws {
    let bench = bench(.cardThatKeepsAll)
    for turn in 0..<2 {
      speak(hum(4800), bench)
      bench.run(.seconds(3))
      guard turn > 0 else { continue }
      let before = bench.device.heard.count
      speak(hum(4800), bench)
      bench.run(.seconds(1))
      let silence = try #require(bench.device.heard[before...].firstIndex { $0 != 0 }) - before
      #expect(silence <= 40 * 24 + 24)
    }
  }

  @Test(arguments: Kind.allCases)
  func `a word that follows upon another cuts nothing off`(kind: Kind) {
    for pause in stride(from: 180, through: 420, by: 20) {
      let bench = bench(kind)
      speak(hum(4800), bench)
      bench.run(.milliseconds(pause))
      speak(hum(7200), bench)
      bench.run(.seconds(2))
      let sounds = bench.device.heard.filter { $0 != 0 }.count
      #expect((11_980...12_000).contains(sounds), "after \(pause) ms")
    }
  }

  @Test(arguments: [Kind.card, .server])
  func `silence that was asked for ahead of the first sound is heard`(kind: Kind) throws {
    var settings = PlaybackSettings()
    settings.leadIn = .milliseconds(700)
    let bench = bench(kind, settings: settings)
    bench.run(.milliseconds(500))
    speak(hum(4800), bench)
    bench.run(.seconds(2))
    #expect(try #require(bench.device.heard.firstIndex { $0 != 0 }) >= 16_800)
  }

  @Test func `what ends amid silence ends at once`() {
    let bench = bench(.server)
    speak(hum(4800), bench)
    bench.run(.seconds(2))
    let heard = bench.device.heard.count
    bench.feed.isFinished = true
    bench.run(.milliseconds(1))
    #expect(bench.end == .ended)
    #expect(bench.device.calls == ["drop"])
    #expect(bench.device.heard.count == heard)
  }
}
