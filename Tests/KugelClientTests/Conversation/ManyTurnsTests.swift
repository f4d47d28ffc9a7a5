import Testing

@Suite struct ManyTurnsTests {
  /// Turns in their random order, and the samples that must be heard of each.
  @Test func `a thousand turns, a tenth of them cut at random, and not a sample out of place`() {
    var dice = SystemlessDice(seed: 42)
    var talk = VirtualTalk(.prompt)
    var expected: [Int16] = []
    var cut = 0
    for turn in 1...1000 {
      let text = "Turn \(turn) says \(dice.below(9))."
      let whole = VirtualTalk.tone(text)
      talk.type(text)
      let before = expected.count
      guard dice.below(10) == 0 else {
        talk.advance(.seconds(60)) { $0.happenings.ledger.isIdle }
        expected += whole
        continue
      }
      cut += 1
      // Before the first audio, in the middle, or after everything has been played.
      let moments: [Duration] = [
        .milliseconds(dice.below(100)), .milliseconds(dice.below(400)), .seconds(1),
      ]
      talk.advance(dice.pick(moments))
      talk.interrupt()
      talk.advance(.milliseconds(dice.below(1200) + 1001))
      let heard = talk.heard.count - before
      #expect(heard <= whole.count)
      expected += whole.prefix(max(heard, 0))
      #expect(talk.heard.count == expected.count)
    }
    talk.finish()
    #expect(cut > 60)
    #expect(talk.heard == expected)
    #expect(talk.openings == 1)
    #expect(talk.conversation.totals.turns == 1000)
    #expect(talk.conversation.totals.cancelled <= cut)
    #expect(talk.conversation.totals.cancelled > cut / 3)
  }
}

/// Numbers that look random and are the same in every run.
struct SystemlessDice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(limit))
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
