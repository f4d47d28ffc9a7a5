import Testing

@testable import KugelScreenplay

/// A script being run, with an engine that says a constant for as many samples as it is told.
struct DirectorBench {
  var director: Director
  var mix: [Int16] = []
  var lines: [Int: [Int16]] = [:]
  /// Frames of the mix before each line.
  var starts: [Int: Int] = [:]
  var told: [String] = []
  /// Asked and not answered yet.
  var asked: [(line: Int, text: String)] = []
  var mostHeld = 0
  var isFinished = false

  /// One sample is a millisecond.
  init(ahead: Int = 3, waits: Bool = true, gap: Duration = .milliseconds(2)) {
    var settings = Director.Settings()
    (settings.rate, settings.ahead, settings.waitsForNext) = (1000, ahead, waits)
    settings.gap = gap
    settings.keepsStems = true
    director = Director(settings: settings)
  }

  mutating func receive(_ event: Director.Event) {
    for action in director.receive(event) {
      switch action {
      case .declared, .title: break
      case .placed(let line, let start): starts[line] = start
      case .speak(let speech, let line, _): asked.append((line, speech.text))
      case .play(let path, let line, _): asked.append((line, path))
      case .emit(let audio):
        #expect(audio.start == mix.count)
        mix += audio.samples
      case .lineAudio(let samples, let line): lines[line, default: []] += samples
      case .lineEnded(let line): told.append("ended \(line)")
      case .late(let line, let by): told.append("late \(line) \(by)")
      case .mark(let name, let at): told.append("\(name) \(at)")
      case .finished: isFinished = true
      }
    }
    mostHeld = max(mostHeld, director.heldSamples)
  }

  mutating func read(_ script: String, end: Bool = true) {
    var play = Screenplay()
    let declared = "@voice a = 1\n@voice b = 2, volume -20\n"
    for piece in play.append(declared + script) + play.finish() {
      if case .item(let item) = piece { receive(.item(item)) }
    }
    if end { receive(.endOfScript) }
  }

  /// The engine speaks a line: as many samples as its text says, each of the value 100 times the line.
  mutating func speak(_ line: Int, pieces: Int = 1, heard: Bool = true) {
    guard let index = asked.firstIndex(where: { $0.line == line }) else {
      Issue.record("line \(line) is asked for before it is spoken")
      return
    }
    let count = Int(asked.remove(at: index).text) ?? 0
    for piece in 0..<pieces {
      let size = count / pieces + (piece < count % pieces ? 1 : 0)
      receive(.audio([Int16](repeating: Int16(100 * (line % 100)), count: size), line: line))
      if heard { receive(.heard(mix.count)) }
    }
    receive(.ended(line: line))
    if heard { receive(.heard(mix.count)) }
  }

  mutating func speakAll(pieces: Int = 1) {
    while let next = asked.first { speak(next.line, pieces: pieces) }
    receive(.heard(mix.count))
  }
}

private func run(_ lengths: (Int16, Int)...) -> [Int16] {
  lengths.flatMap { [Int16](repeating: $0.0, count: $0.1) }
}

@Suite struct DirectorTests {
  @Test(arguments: [1, 2, 3])
  func `lines follow one another with the gap, the pause or the offset between`(pieces: Int) {
    var bench = DirectorBench()
    bench.read("a: 5\na: 4\n[pause 6ms]\n[pause 1ms]\na: 3\n@gap 1ms\na: 2\na +(3ms): 1\n")
    bench.speakAll(pieces: pieces)
    #expect(
      bench.mix
        == run(
          (100, 5), (0, 2), (200, 4), (0, 7), (300, 3), (0, 1), (400, 2), (0, 3), (500, 1)))
    #expect(bench.isFinished)
    #expect(bench.starts == [1: 0, 2: 7, 3: 18, 4: 22, 5: 27])
  }

  @Test(arguments: [1, 2, 5])
  func `an overlap is the sum, and each line keeps its own sound`(pieces: Int) {
    var bench = DirectorBench()
    bench.read("a: 5\nb +(-2ms): 5\na +(-9ms): 3\n")
    bench.speakAll(pieces: pieces)
    // b is a tenth as loud: 20. The third begins before the second does, and before all: at 0.
    #expect(bench.mix == run((400, 3), (120, 2), (20, 3)))
    #expect(bench.lines == [1: run((100, 5)), 2: run((20, 5)), 3: run((300, 3))])
    #expect(bench.starts == [1: 0, 2: 3, 3: 0])
  }

  @Test func `the order of the sound's arrival does not matter`() {
    var bench = DirectorBench()
    bench.read("a: 5\na +(-2ms): 5\na: 3\n")
    #expect(bench.asked.map(\.line) == [1, 2, 3])
    bench.speak(3)
    bench.speak(2)
    #expect(bench.mix == [])
    bench.speak(1)
    #expect(bench.mix == run((100, 3), (300, 2), (200, 3), (0, 2), (300, 3)))
  }

  @Test func `as many lines are spoken ahead as allowed, and one at least`() {
    var bench = DirectorBench(ahead: 2)
    bench.read("a: 5\na: 5\na: 5\na: 5\na: 5")
    #expect(bench.asked.map(\.line) == [1, 2, 3])
    bench.speak(1, heard: false)
    #expect(bench.asked.map(\.line) == [2, 3])
    bench.receive(.heard(4))
    #expect(bench.asked.count == 2)
    #expect(bench.director.nextHeard == 5)
    bench.receive(.heard(5))
    #expect(bench.asked.map(\.line) == [2, 3, 4])

    var narrow = DirectorBench(ahead: 0)
    narrow.read("a: 5\na +(-2ms): 5")
    #expect(narrow.asked.map(\.line) == [1])
    narrow.speak(1)
    #expect(narrow.asked.map(\.line) == [2])
    narrow.speak(2)
    #expect(narrow.isFinished)
  }

  @Test func `the end of a line is held until the next is known, unless it is to be heard`() {
    var bench = DirectorBench()
    bench.read("a: 5\n", end: false)
    bench.speak(1)
    #expect(bench.mix == [])
    bench.read("a +(-2ms): 2\n")
    bench.speak(2)
    #expect(bench.mix == run((100, 3), (300, 2)))

    var live = DirectorBench(waits: false)
    live.read("a: 5\n", end: false)
    live.speak(1)
    #expect(live.mix == run((100, 5)))
    live.read("a +(-2ms): 2\n")
    live.speak(2)
    #expect(live.told == ["ended 1", "late 2 \(Duration.milliseconds(2))", "ended 2"])
    #expect(live.mix == run((100, 5), (200, 2)))
  }

  @Test func `a line is emitted while it comes, but for what the next overlaps`() {
    var bench = DirectorBench()
    bench.read("a: 9\na +(-2ms): 2\na: 1")
    bench.receive(.audio([1, 2, 3, 4, 5], line: 1))
    #expect(bench.mix == [1, 2, 3])
    bench.receive(.audio([6], line: 1))
    #expect(bench.mix == [1, 2, 3, 4])
  }

  @Test func `a line that failed takes no time`() {
    var bench = DirectorBench()
    bench.read("a: 3\na: x\na: 3")
    bench.speakAll()
    #expect(bench.mix == run((100, 3), (0, 4), (300, 3)))
  }

  @Test func `a sound has the place of a line, and is read when its place is known`() {
    var bench = DirectorBench()
    bench.read("a: 3\n[sound 4]\na: 1")
    #expect(bench.asked.map(\.line) == [1, 3])
    bench.speak(1)
    #expect(bench.asked.map(\.line) == [3, 2])
    bench.speakAll()
    #expect(bench.mix == run((100, 3), (0, 2), (200, 4), (0, 2), (300, 1)))
    #expect(bench.director.trackNames == ["a", nil])
  }

  @Test func `marks are told when they are heard, silence at the end is kept`() {
    var bench = DirectorBench()
    bench.read("[mark one]\na: 3\n[mark two]\na: 2\n[pause 4ms]\n[mark end]")
    bench.speakAll()
    #expect(bench.mix == run((100, 3), (0, 2), (200, 2), (0, 4)))
    #expect(
      bench.told.filter { !$0.hasPrefix("ended") }
        == [
          "one \(Duration.zero)", "two \(Duration.milliseconds(3))",
          "end \(Duration.milliseconds(11))",
        ])
  }

  @Test func `an empty script is silence`() {
    var bench = DirectorBench()
    bench.read("")
    #expect(bench.isFinished)
    #expect(bench.mix == [])
  }

  @Test func `ten thousand lines take no more memory than ten`() {
    func most(_ count: Int) -> Int {
      var bench = DirectorBench()
      for number in 0..<count {
        let offset = number % 7 == 3 ? " +(-5ms)" : ""
        bench.read("\(number % 2 == 0 ? "a" : "b")\(offset): \(50 + number % 40)\n", end: false)
        while let next = bench.asked.last { bench.speak(next.line, pieces: 3) }
      }
      bench.receive(.endOfScript)
      #expect(bench.isFinished)
      return bench.mostHeld
    }
    #expect(most(10_000) <= most(100) + 100)
  }
}
