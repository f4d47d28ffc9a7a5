import Testing

@testable import KugelQueue

/// Ten samples a second; sentences begin at 0, 2, 5 and 9 s; 12 s are received.
private func text(capacity: Int = 6000) -> Rereading {
  var place = Rereading(rate: 10, capacity: capacity)
  for second in [0.0, 2, 5, 9] { place.mark(seconds: second) }
  place.receive(120)
  return place
}

@Suite struct RereadingTests {
  @Test(
    arguments: [
      // Back: the sentence's own start, or shortly after it the one before.
      (.back, 0, nil), (.back, 1, 0), (.back, 14, 0), (.back, 19, 0), (.back, 20, 0),
      (.back, 34, 0),
      (.back, 35, 20), (.back, 50, 20), (.back, 64, 20), (.back, 65, 50), (.back, 120, 90),
      // On: to the next one, and at last to the end.
      (.on, 0, 20), (.on, 19, 20), (.on, 20, 50), (.on, 90, 120), (.on, 119, 120), (.on, 120, nil),
      (.start, 0, 0), (.start, 77, 0),
    ] as [(Rereading.Step, Int, Int?)])
  func `where a step leads`(step: Rereading.Step, from: Int, to: Int?) {
    #expect(text().target(step, from: from) == to)
  }

  @Test func `what is not kept cannot be gone to`() {
    // The last five seconds are.
    let place = text(capacity: 50)
    #expect(place.kept == 70..<120)
    #expect(place.target(.start, from: 118) == 70)
    #expect(place.target(.back, from: 100) == 70)
    #expect(place.target(.back, from: 60) == nil)
  }

  @Test func `the place goes on from where it was gone to`() {
    var place = text()
    #expect(place.position(played: 60) == 60 && !place.isBehind(played: 60))
    // The speakers count what they dropped as played.
    place.go(to: 20, from: 60, played: 120)
    #expect(place.position(played: 120) == 20)
    #expect(place.furthest(played: 120) == 60 && place.isBehind(played: 120))
    #expect(place.position(played: 130) == 30)
    #expect(place.isBehind(played: 159) && !place.isBehind(played: 160))
    #expect(place.furthest(played: 170) == 70)
    #expect(place.played(of: 30) == 130)
    // More is received, and a step on passes over some of it.
    place.receive(30)
    place.go(to: 150, from: 70, played: 250)
    #expect(place.position(played: 250) == 150 && !place.isBehind(played: 250))
    #expect(place.position(played: 999) == 150)
  }

  @Test func `what was dropped for good counts as passed`() {
    var place = text()
    place.drop(played: 120)
    #expect(place.position(played: 120) == 120)
    place.receive(10)
    #expect(place.position(played: 125) == 125)
  }

  @Test func `another item begins where what came before ends`() {
    var place = text()
    place.begin()
    place.receive(30)
    place.mark(seconds: 1)
    place.mark(seconds: 13)
    #expect(place.kept == 120..<150)
    #expect(place.target(.start, from: 140) == 120)
    #expect(place.target(.back, from: 148) == 130)
    #expect(place.target(.back, from: 131) == 120)
  }

  @Test func `channels stay together, and each sentence begins once`() {
    var place = Rereading(rate: 10, channels: 2, capacity: 100)
    for second in [0.0, 1.04, 0, 0.5, 1.0] { place.mark(seconds: second) }
    place.receive(60)
    #expect(place.marks == [0, 10, 20])
  }
}
