import Testing

@testable import KugelTransport

private typealias Machine = WebSocketMachine

@Suite struct WebSocketMachineTests {
  @Test func `what is sent before the answer waits, and is told open first`() {
    var bench = MachineBench.client()
    #expect(bench.after(.zero, .send(.text, [1])) == [.write(.text, [1])])
    #expect(bench.machine.isOpening)
    #expect(bench.patience == nil)
    #expect(bench.after(.zero, .opened([:], took: ConnectTimings())) == [])
    #expect(!bench.machine.isOpening)
    #expect(bench.told == [.opened([:], took: ConnectTimings())])
  }

  @Test(arguments: [MachineBench.openClient(), .service()])
  func `the peer's close is answered with its code, and is the end`(bench: MachineBench) {
    var bench = bench
    #expect(
      bench.after(.zero, .peerClosed(code: 4001, reason: "why")) == [
        .write(.close, [0x0F, 0xA1]), .leave,
      ])
    #expect(bench.told == [.closed(code: 4001, reason: "why")])
    #expect(bench.patience == nil)
    for late: Machine.Event in [
      .send(.text, [1]), message("late"), .ping([1]), .streamEnded(insideMessage: false),
      .failed(.refused), .close(code: 1000, reason: ""), .tick,
    ] { #expect(bench.after(.seconds(1), late) == []) }
    #expect(bench.told.count == 1)
  }

  @Test(arguments: [MachineBench.openClient(), .service()])
  func `our close waits for the peer's, and for nothing else`(bench: MachineBench) {
    var bench = bench
    #expect(
      bench.after(.zero, .close(code: 1000, reason: "bye")) == [
        .write(.close, [0x03, 0xE8] + Array("bye".utf8))
      ])
    #expect(!bench.machine.takesMessages)
    #expect(bench.after(.zero, .send(.text, [1])) == [])
    #expect(bench.after(.zero, .ping([1])) == [])
    #expect(bench.after(.zero, message("too late")) == [])
    #expect(bench.patience == .seconds(5))
    #expect(bench.after(.zero, .peerClosed(code: 1000, reason: "")) == [.leave])
    #expect(bench.told == [.closed(code: 1000, reason: "")])
  }

  @Test(arguments: [MachineBench.openClient(), .service()])
  func `a close that is not answered ends after its time`(bench: MachineBench) {
    var bench = bench
    _ = bench.after(.zero, .close(code: 1000, reason: ""))
    #expect(bench.after(.milliseconds(4999), .tick) == [])
    #expect(bench.after(.milliseconds(1), .tick) == [.leave])
    #expect(bench.told == [.closed(code: nil, reason: "")])
  }

  @Test func `a close before the answer ends at once`() {
    var bench = MachineBench.client()
    #expect(bench.after(.zero, .close(code: 1000, reason: "")) == [.drop])
    #expect(bench.told == [.closed(code: nil, reason: "")])
    #expect(bench.after(.zero, .opened([:], took: ConnectTimings())) == [])
  }

  @Test(arguments: [
    (Machine.Event.streamEnded(insideMessage: false), "the stream ended without a close frame"),
    (.streamEnded(insideMessage: true), "the stream ended inside a message without a close frame"),
    (.failed(.lost(cause: "cable")), "cable"),
  ])
  fileprivate func `an end without a close is a loss`(event: WebSocketMachine.Event, cause: String)
  {
    var bench = MachineBench.openClient()
    #expect(bench.after(.zero, event) == [.drop])
    #expect(bench.told == [.failed(.lost(cause: cause))])
  }

  @Test func `a broken rule is told to the peer, and to us`() {
    var bench = MachineBench.service()
    #expect(
      bench.after(.zero, .violation(code: 1007, why: "no")) == [
        .write(.close, [0x03, 0xEF] + Array("no".utf8)), .leave,
      ])
    #expect(bench.told == [.failed(.violation(closeCode: 1007, cause: "no"))])
  }

  @Test func `who abandons hears nothing more`() {
    var bench = MachineBench.openClient()
    _ = bench.after(.zero, .pause)
    _ = bench.after(.zero, message("held"))
    #expect(bench.after(.zero, .abandon) == [.drop])
    #expect(bench.after(.zero, .resume) == [])
    #expect(bench.told == [])
  }

  // MARK: Pauses

  @Test func `a pause holds messages and the end, in order, and reads a little ahead`() {
    var bench = MachineBench.openClient()
    _ = bench.after(.zero, .pause)
    #expect(bench.machine.wantsToRead)
    _ = bench.after(.zero, message(String(repeating: "a", count: 99)))
    #expect(bench.machine.wantsToRead)
    _ = bench.after(.zero, message("b"))
    #expect(!bench.machine.wantsToRead)
    _ = bench.after(.zero, .peerClosed(code: 1000, reason: ""))
    #expect(bench.told == [])
    _ = bench.after(.zero, .resume)
    #expect(
      bench.told == [
        news(String(repeating: "a", count: 99)), news("b"), .closed(code: 1000, reason: ""),
      ])
  }

  @Test func `a pause within a delivery holds what is next`() {
    var machine = MachineBench.openClient().machine
    for text in ["a", "b", "c"] { _ = machine.receive(message(text), at: .now) }
    #expect(machine.nextDelivery() == news("a"))
    _ = machine.receive(.pause, at: .now)
    #expect(machine.nextDelivery() == nil)
    _ = machine.receive(message("d"), at: .now)
    _ = machine.receive(.resume, at: .now)
    #expect(
      [machine.nextDelivery(), machine.nextDelivery(), machine.nextDelivery()]
        == [news("b"), news("c"), news("d")])
    #expect(machine.nextDelivery() == nil)
  }

  @Test func `our close drops what is held, so that the peer's answer comes through`() {
    var bench = MachineBench.openClient()
    _ = bench.after(.zero, .pause)
    _ = bench.after(.zero, message(String(repeating: "a", count: 200)))
    _ = bench.after(.zero, .close(code: 1000, reason: ""))
    #expect(bench.machine.wantsToRead)
    _ = bench.after(.zero, .peerClosed(code: 1000, reason: ""))
    #expect(bench.told == [.closed(code: 1000, reason: "")])
  }

  @Test func `the end of the loop is told through a pause`() {
    var bench = MachineBench.openClient()
    _ = bench.after(.zero, .pause)
    _ = bench.after(.zero, message("held"))
    #expect(bench.after(.zero, .failed(.stopped)) == [.drop])
    #expect(bench.told == [.failed(.stopped)])
  }

  @Test func `a long queue of held messages is told whole`() {
    var bench = MachineBench.openClient { $0.readAhead = 1 << 20 }
    _ = bench.after(.zero, .pause)
    for number in 0..<500 { _ = bench.after(.zero, message("\(number)")) }
    _ = bench.after(.zero, .resume)
    #expect(bench.told == (0..<500).map { news("\($0)") })
  }

  // MARK: What is unsent

  @Test func `one pong waits at most, and of the pings behind it the newest is answered`() {
    var bench = MachineBench.service()
    #expect(bench.after(.zero, .ping([1])) == [.write(.pong, [1])])
    for payload in UInt8(2)...100 { #expect(bench.after(.zero, .ping([payload])) == []) }
    // The pong is 3 bytes: header, length, payload.
    #expect(bench.after(.zero, .sent(2)) == [])
    #expect(bench.after(.zero, .sent(1)) == [.write(.pong, [100])])
    #expect(bench.after(.zero, .sent(3)) == [])
    #expect(bench.after(.zero, .ping([7])) == [.write(.pong, [7])])
  }

  @Test func `a pong waits for what was written before it only`() {
    var bench = MachineBench.service()
    _ = bench.after(.zero, .send(.binary, [UInt8](repeating: 0, count: 100)))
    _ = bench.after(.zero, .ping([1]))
    _ = bench.after(.zero, .send(.binary, [UInt8](repeating: 0, count: 100)))
    _ = bench.after(.zero, .ping([2]))
    #expect(bench.after(.zero, .sent(104)) == [])
    #expect(bench.after(.zero, .sent(1)) == [.write(.pong, [2])])
  }

  @Test func `with much unsent nothing is read, until half of it is gone`() {
    var bench = MachineBench.service()
    _ = bench.after(.zero, .send(.binary, [UInt8](repeating: 0, count: 996)))
    #expect(bench.machine.wantsToRead)
    _ = bench.after(.zero, .send(.binary, [0]))
    #expect(!bench.machine.wantsToRead)
    _ = bench.after(.zero, .sent(502))
    #expect(!bench.machine.wantsToRead)
    _ = bench.after(.zero, .sent(1))
    #expect(bench.machine.wantsToRead)
  }

  @Test func `a client reads however much it has to say, or two who wait would wait for ever`() {
    var bench = MachineBench.openClient()
    _ = bench.after(.zero, .send(.binary, [UInt8](repeating: 0, count: 1 << 20)))
    #expect(bench.machine.wantsToRead)
  }

  @Test func `a service that closes reads the answer, however much is unsent`() {
    var bench = MachineBench.service()
    _ = bench.after(.zero, .send(.binary, [UInt8](repeating: 0, count: 2000)))
    _ = bench.after(.zero, .close(code: 1000, reason: ""))
    #expect(bench.machine.wantsToRead)
  }

  @Test func `drained is told once what was over the mark is not`() {
    var bench = MachineBench.service { $0.drainMark = 100 }
    _ = bench.after(.zero, .send(.binary, [UInt8](repeating: 0, count: 50)))
    _ = bench.after(.zero, .sent(52))
    #expect(bench.told == [])
    _ = bench.after(.zero, .send(.binary, [UInt8](repeating: 0, count: 200)))
    _ = bench.after(.zero, .sent(100))
    #expect(bench.told == [])
    _ = bench.after(.zero, .sent(4))
    #expect(bench.told == [.drained])
  }

  // MARK: Signs of life

  @Test func `silence is asked about, and then is the end`() {
    var bench = MachineBench.openClient()
    #expect(bench.patience == .seconds(15))
    #expect(bench.after(.seconds(14), .heard) == [])
    #expect(bench.after(.seconds(15), .tick) == [.write(.ping, [])])
    #expect(bench.told == [.pinged])
    #expect(bench.after(.seconds(10), .tick) == [.drop])
    #expect(bench.told == [.pinged, .failed(.peerSilent)])
  }

  @Test func `who does not read blames nobody`() {
    var bench = MachineBench.service()
    _ = bench.after(.zero, .pause)
    for _ in 0..<10 { #expect(bench.after(.seconds(15), .tick) == []) }
    #expect(bench.after(.zero, .resume) == [])
    #expect(bench.patience == .seconds(15))
  }

  @Test func `without an interval nothing is asked`() {
    var bench = MachineBench.openClient { $0.pingInterval = nil }
    #expect(bench.patience == nil)
    #expect(bench.after(.seconds(1000), .tick) == [])
  }
}
