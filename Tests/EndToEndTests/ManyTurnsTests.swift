import Foundation
import Testing

/// Numbers that look random and are the same in every run.
private struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(limit))
  }
}

@Suite struct ManyTurnsTests {
  private struct Turn {
    let text: String
    /// Milliseconds after its text, or after its end; nil leaves it alone.
    var cancel: (after: Int, isAfterEnd: Bool)?

    var lines: [String] {
      let say = #"{"op":"say","text":"\#(text)"}"#
      let wait = #"{"op":"wait","for":"final"}"#
      guard let cancel else { return [say, wait] }
      let pause = #"{"op":"wait","ms":\#(cancel.after)}"#
      return [say] + (cancel.isAfterEnd ? [wait] : []) + [pause, #"{"op":"cancel"}"#]
    }
  }

  /// A tenth of the turns is cut: before the first audio, in the middle, or after the end.
  private func turns(_ count: Int) -> [Turn] {
    var dice = Dice(seed: 7)
    return (1...count).map { number in
      var turn = Turn(text: "Turn \(number) says \(dice.below(9)).")
      if dice.below(10) == 0 { turn.cancel = (dice.below(20), dice.below(4) == 0) }
      return turn
    }
  }

  @Test func `a thousand turns on one connection, a tenth cut, and not a sample out of place`()
    throws
  {
    let scratch = try Scratch()
    // An audio second takes 20 ms: time enough to be cut in the middle.
    let server = try ServedEngine("--fault", "slow=50")
    let turns = turns(1000)
    let run = try Running(
      ["session"] + server.words + [
        "--jsonl", "-o", scratch.path("a.raw"), "--events", scratch.path("events"),
      ])
    let script = Data(turns.flatMap(\.lines).map { $0 + "\n" }.joined().utf8)
    run.feed(script)
    #expect(run.says(#""ev":"turn.begin","turn":101"#))
    let early = memory(of: run)
    #expect(run.says(#""ev":"turn.begin","turn":1000"#))
    let late = memory(of: run)
    #expect(run.wait().status == 0)

    let events = try scratch.data("events").split(separator: UInt8(ascii: "\n")).map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    }
    #expect(
      events.count { $0["ev"] as? String == "connect" && $0["reused"] as? Bool == false } == 1)
    let ends = events.filter { $0["ev"] as? String == "turn.end" }
    #expect(ends.compactMap { $0["turn"] as? Int } == Array(1...1000))
    var expected = Data()
    var cut: [String: Int] = [:]
    for (turn, end) in zip(turns, ends) {
      let whole = try toneBytes(turn.text)
      let bytes = (end["samples"] as? Int ?? 0) * 2
      if end["reason"] as? String == "complete" {
        #expect(bytes == whole.count)
      } else {
        #expect(turn.cancel?.isAfterEnd == false)
        let moment = bytes == 0 ? "before" : bytes < whole.count ? "within" : "behind"
        cut[moment, default: 0] += 1
      }
      expected += whole.prefix(bytes)
    }
    #expect(try scratch.data("a.raw") == expected)
    // Chance decides how many, but not that there are some of each.
    #expect((cut["before"] ?? 0) > 0 && (cut["within"] ?? 0) > 0, "\(cut)")
    #expect(turns.contains { $0.cancel?.isAfterEnd == true })
    #expect(late - early < 4096, "\(early) kB after 100 turns, \(late) kB after 1000")
  }

  /// Kilobytes in memory.
  private func memory(of run: Running) -> Int {
    let path = "/proc/\(run.processIdentifier)/status"
    let status = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }
}
