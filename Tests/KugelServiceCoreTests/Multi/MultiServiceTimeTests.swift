import Testing

@testable import KugelServiceCore
@testable import KugelWire

@Suite struct MultiServiceTimeTests {
  @Test func `a context that hears nothing for twenty seconds times out, then is closed`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One.", voice: 7))
    _ = bench.speakAll()
    #expect(bench.service.deadline == bench.now + .seconds(20))
    #expect(bench.after(.milliseconds(19_999), .tick) == [])
    #expect(
      bench.after(.milliseconds(1), .tick) == ["a final", "a timeout", "a closed 4 characters"])
    #expect(bench.service.deadline == nil)
  }

  @Test(arguments: [
    ClientFrame.of("a", text: ""), .of("a") { $0.keepAlive = true }, .of("a", flush: true),
  ])
  func `input keeps a context alive`(frame: ClientFrame) {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: " ", voice: 7))
    #expect(bench.send(frame, after: .seconds(15)).allSatisfy { $0 == "a final" })
    #expect(bench.after(.seconds(19), .tick) == [])
    #expect(bench.after(.seconds(1), .tick) == ["a final", "a timeout", "a closed"])
  }

  @Test func `a client may say how long a context waits, and that it waits for ever`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: " ", voice: 7) { $0.settings.inactivityTimeoutSeconds = 3 })
    _ = bench.send(.of("b", text: " ", voice: 7) { $0.settings.inactivityTimeoutSeconds = 0 })
    _ = bench.send(.of("c", text: " ", voice: 7) { $0.settings.inactivityTimeoutSeconds = 1e300 })
    #expect(bench.after(.seconds(3), .tick) == ["a final", "a timeout", "a closed"])
    #expect(bench.after(.seconds(3600), .tick) == [])
  }

  @Test func `silence does not count while the context speaks`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One. Two.", voice: 7))
    #expect(bench.after(.seconds(60), .tick) == [])
    _ = bench.speakAll()
    #expect(bench.after(.seconds(19), .tick) == [])
    #expect(bench.after(.seconds(1), .tick).contains("a timeout"))
  }

  @Test func `silence counts when the client has got the audio, and for others before`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One.", voice: 7))
    _ = bench.send(.of("b", text: " ", voice: 7))
    _ = bench.speakAll()
    _ = bench.after(.zero, .sending(true))
    #expect(bench.after(.seconds(60), .tick) == ["b final", "b timeout", "b closed"])
    _ = bench.after(.zero, .sending(false))
    #expect(bench.after(.seconds(19), .tick) == [])
    #expect(bench.after(.seconds(1), .tick).contains("a timeout"))
  }

  @Test func `text that waits is spoken before the timeout closes`() {
    var bench = MultiBench()
    _ = bench.send(
      .of("a", text: "Half a sentence", voice: 7) { $0.settings.flushTimeoutMilliseconds = 60_000 })
    #expect(bench.after(.seconds(20), .tick) == [])
    #expect(
      bench.speakAll().suffix(3) == ["a final", "a timeout", "a closed 15 characters"])
  }

  @Test func `buffered text is handed over after half a second, and the flush stays due`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "Half a sentence ", voice: 7))
    _ = bench.after(.milliseconds(499), .tick)
    #expect(bench.jobs == [])
    _ = bench.after(.milliseconds(1), .tick)
    #expect(bench.texts == ["a: Half a sentence"])
    #expect(bench.speakAll().last == "a complete 0")
  }

  @Test func `close_socket finishes every context, then the session, then the connection`() {
    var bench = MultiBench { $0.reportsUsage = false }
    _ = bench.send(.of("a", text: "One", voice: 7))
    _ = bench.send(.of("b", text: " ", voice: 8))
    #expect(bench.send(.closeSocket) == ["b final", "b closed"])
    #expect(bench.send(.of("c", text: "Too late", voice: 7)) == [])
    #expect(bench.closedWith == nil)
    #expect(
      bench.speakAll().suffix(3) == ["a final", "a closed", "session closed \(3.0 / 24_000)"])
    #expect(bench.closedWith == 1000)
  }

  @Test func `close_socket with nothing open ends at once`() {
    var bench = MultiBench()
    #expect(bench.send(.closeSocket) == ["session closed 0.0"])
    #expect(bench.closedWith == 1000)
  }

  @Test func `a service that shuts down lets what is being spoken end`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One.", voice: 7, flush: true))
    _ = bench.send(.of("b", text: "Two.", voice: 8))
    _ = bench.after(.zero, .drain)
    _ = bench.speakAll()
    #expect(bench.closedWith == nil)
    #expect(bench.send(.of("b", flush: true)) == ["b final"])
    #expect(bench.closedWith == 1012)

    var idle = MultiBench()
    _ = idle.send(.of("a", text: " ", voice: 7))
    _ = idle.after(.zero, .drain)
    #expect(idle.closedWith == 1012)
  }

  @Test func `forty turns with a context each leave none behind`() {
    var bench = MultiBench { $0.contextLimit = 1 }
    for number in 1...40 {
      #expect(bench.send(.of("t\(number)", text: "Hello.", voice: 7)) == ["t\(number) created"])
      _ = bench.send(.of("t\(number)", text: "", flush: true))
      _ = bench.send(.of("t\(number)", text: "", flush: true))
      _ = bench.send(.closing("t\(number)"))
      #expect(bench.speakAll().last == "t\(number) closed 6 characters")
    }
    #expect(!bench.service.isBusy)
  }

  @Test func `the connection's end ends everything`() {
    var bench = MultiBench()
    _ = bench.send(.of("a", text: "One.", voice: 7))
    _ = bench.after(.zero, .disconnected)
    #expect(bench.jobs == [])
    #expect(!bench.service.isBusy)
    #expect(bench.send(.of("a", text: "One.", voice: 7)) == [])
  }
}
