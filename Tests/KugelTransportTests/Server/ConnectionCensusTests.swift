import Testing

@testable import KugelTransport

@Suite struct ConnectionCensusTests {
  @Test func `beyond the limit a few are told so, and others hung up on`() {
    var census = ConnectionCensus(limit: 2, perPlace: nil, sparesLoopback: true)
    #expect((0..<2).map { _ in census.enter("192.0.2.1") } == [.welcome, .welcome])
    for _ in 0..<ConnectionCensus.surplus { #expect(census.enter("192.0.2.2") == .full) }
    #expect(census.enter("192.0.2.2") == .hangUp)
    #expect(census.total == 2 + ConnectionCensus.surplus)
    for _ in 0..<ConnectionCensus.surplus { census.leave("192.0.2.2") }
    census.leave("192.0.2.1")
    #expect(census.enter("192.0.2.3") == .welcome)
  }

  @Test func `there may be no limit`() {
    var census = ConnectionCensus(limit: .max, perPlace: nil, sparesLoopback: false)
    #expect(census.enter("192.0.2.1") == .welcome)
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
    ("192.0.2.1", "::ffff:192.0.2.1", true),
    ("2001:db8::1", "2001:db8::ffff:1", true), ("2001:db8::1", "2001:db8:0:1::1", false),
    ("127.0.0.1", "127.0.0.1", false), ("::1", "::1", false),
  ])
  func `a place has a limit of its own`(first: String, second: String, isSame: Bool) {
    var census = ConnectionCensus(limit: 10, perPlace: 1, sparesLoopback: true)
    #expect(census.enter(first) == .welcome)
    #expect(census.enter(second) == (isSame ? .crowded : .welcome))
    census.leave(second)
    census.leave(first)
    #expect(census.total == 0)
    #expect(census.enter(second) == .welcome)
  }

  @Test func `this machine counts like others where that is wished`() {
    var census = ConnectionCensus(limit: 10, perPlace: 1, sparesLoopback: false)
    #expect(census.enter("127.0.0.1") == .welcome)
    #expect(census.enter("127.0.0.1") == .crowded)
    #expect(census.enter("127.0.0.2") == .welcome)
  }
}
