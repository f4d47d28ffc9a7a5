import Testing

@testable import KugelTransport

@Suite struct LoopPaceTests {
  @Test(arguments: [
    (1, 0, 0), (20, 0, 0), (100, 0, 200), (100, 150, 50), (100, 151, 0), (500, 0, 1000),
    (500, 400, 600), (500, 5000, 0), (100_000, 0, 2000),
  ])
  func `rounds with many sockets are kept apart, others and the first are not`(
    sockets: Int, elapsed: Int, rest: Int
  ) {
    for (isDrained, wantsToWrite) in [(false, false), (true, false), (false, true), (true, true)] {
      #expect(
        LoopPace.prompt.rest(
          sockets: sockets, since: .microseconds(elapsed), isDrained: isDrained,
          wantsToWrite: wantsToWrite) == .microseconds(rest))
    }
  }

  @Test(arguments: [
    (true, false, 0, 1000), (true, false, 400, 600), (true, false, 960, 0),
    (true, false, 5000, 0), (false, false, 0, 0), (true, true, 0, 0), (false, true, 0, 0),
  ])
  func `who is patient lets gather what follows, but not what is there or is to go`(
    isDrained: Bool, wantsToWrite: Bool, elapsed: Int, rest: Int
  ) {
    #expect(
      LoopPace.patient.rest(
        sockets: 1, since: .microseconds(elapsed), isDrained: isDrained,
        wantsToWrite: wantsToWrite) == .microseconds(rest))
  }

  @Test(arguments: [
    (LoopPace.prompt, false, 1, true), (.prompt, true, 1, true), (.patient, true, 1, true),
    (.patient, false, 1, false), (.patient, false, 15, false), (.patient, false, 16, true),
  ])
  func `who is patient is told once nothing more is there, or much has come`(
    pace: LoopPace, isDrained: Bool, rounds: Int, isTold: Bool
  ) {
    #expect(pace.handsOver(isDrained: isDrained, rounds: rounds) == isTold)
  }
}
