import Testing

@testable import KugelClient

@Suite struct HeardLinesTests {
  /// A mix at 1000 Hz.
  private var lines = HeardLines<String>(mixRate: 1000)

  private mutating func line(
    _ number: Int, _ speaker: String, _ samples: Int, rate: Int = 1000, at start: Int
  ) {
    lines.begin(line: number, of: speaker)
    lines.receive(samples, rate: rate, line: number, of: speaker)
    lines.end(line: number, of: speaker)
    lines.place(line: number, at: start)
  }

  private mutating func heard(_ frames: Int) -> [String: Int] {
    Dictionary(
      lines.heard(frames).map { ($0.speaker, $0.position) }, uniquingKeysWith: { $1 })
  }

  @Test mutating func `each speaker is heard as far as the lines that the mix has come to`() {
    line(1, "a", 100, at: 0)
    line(2, "b", 50, at: 110)
    line(3, "a", 30, at: 170)
    #expect(heard(0) == [:])
    #expect(heard(60) == ["a": 60])
    #expect(heard(60) == [:])
    #expect(heard(130) == ["a": 100, "b": 20])
    #expect(heard(175) == ["a": 105, "b": 50])
    #expect(heard(1000) == ["a": 130])
  }

  @Test mutating func `lines that overlap are heard side by side`() {
    line(1, "a", 100, at: 0)
    line(2, "b", 100, at: 50)
    #expect(heard(80) == ["a": 80, "b": 30])
  }

  @Test mutating func `sound whose place is not known has not been heard`() {
    lines.begin(line: 1, of: "a")
    lines.receive(100, rate: 1000, line: 1, of: "a")
    #expect(heard(500) == [:])
    lines.place(line: 1, at: 490)
    #expect(heard(500) == ["a": 10])
  }

  @Test mutating func `a place that is known before the line begins is kept for it`() {
    lines.place(line: 1, at: 20)
    #expect(lines.place(of: 1) == 20)
    lines.begin(line: 1, of: "a")
    lines.receive(100, rate: 1000, line: 1, of: "a")
    #expect(heard(50) == ["a": 30])
    lines.forgetPlace(of: 1)
    #expect(lines.place(of: 1) == nil)
    #expect(heard(60) == ["a": 40])
  }

  @Test mutating func `samples count at the rate that the service sends`() {
    line(1, "a", 400, rate: 4000, at: 0)
    #expect(heard(50) == ["a": 200])
    #expect(heard(100) == ["a": 400])
  }

  @Test mutating func `a line without sound holds up none behind it`() {
    lines.begin(line: 1, of: "a")
    lines.end(line: 1, of: "a")
    lines.place(line: 1, at: 10)
    line(2, "a", 40, at: 10)
    #expect(heard(30) == ["a": 20])
  }
}
