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
    #expect(
      LoopPace.rest(sockets: sockets, since: .microseconds(elapsed)) == .microseconds(rest))
  }
}
