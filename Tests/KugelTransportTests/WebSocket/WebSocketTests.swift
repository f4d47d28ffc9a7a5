import Dispatch
import KugelTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct WebSocketTests {
  @Test func `what is sent before the WebSocket is open arrives and comes back in order`()
    async throws
  {
    let loopback = try Loopback()
    let (connection, events) = loopback.open()
    connection.send(text: "one")
    connection.send(text: "zwei – 二")
    connection.send(binary: [0, 255])
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    #expect(await events.nextText() == "one")
    #expect(await events.nextText() == "zwei – 二")
    #expect(await events.nextNews() == .binary([0, 255]))
  }

  @Test(arguments: [LoopPace.prompt, .patient])
  func `whoever listens is told behind messages that no more has come`(pace: LoopPace) async throws
  {
    let loopback = try Loopback(serve: { socket in
      for number in 0..<1000 { socket.send(text: "\(number)") }
      socket.close(code: 1000, reason: "")
      return { _ in }
    })
    let events = Events<SocketEvent?>()
    let (tell, loop) = (events.handler, EventLoop(pace: pace))
    defer { loop.stop() }
    let connection = WebSocketConnection(
      WebSocketRequest(loopback.request("/ws")), on: loop, caughtUp: { tell(nil) }, handler: tell)
    var (texts, caughtUp, isBehind, isClosed) = ([String](), 0, false, false)
    while isBehind || !isClosed, let event = await events.next() {
      switch event {
      case .text(let text)?:
        texts.append(String(decoding: text, as: UTF8.self))
        isBehind = true
      case nil:
        #expect(isBehind)
        (isBehind, caughtUp) = (false, caughtUp + 1)
      case .closed?: isClosed = true
      default: break
      }
    }
    #expect(texts == (0..<1000).map(String.init))
    #expect(!isBehind && (1...1000).contains(caughtUp))
    connection.close()
  }

  @Test(arguments: [LoopPace.prompt, .patient])
  func `whoever pauses at a message and goes on when told that no more has come gets them all`(
    pace: LoopPace
  ) async throws {
    let loopback = try Loopback(serve: { socket in
      for number in 0..<1000 {
        socket.send(text: "\(number) " + String(repeating: "a", count: 500))
      }
      return { _ in }
    })
    let (events, holder) = (Events<SocketEvent>(), Holder<WebSocketConnection>())
    let loop = EventLoop(pace: pace)
    defer { loop.stop() }
    let connection = WebSocketConnection(
      WebSocketRequest(loopback.request()), on: loop,
      caughtUp: { holder.value?.resumeReceiving() },
      handler: { event in
        events.handler(event)
        if case .text = event { holder.value?.pauseReceiving() }
      })
    holder.value = connection
    for number in 0..<1000 { #expect(await events.nextText()?.hasPrefix("\(number) ") == true) }
    connection.close()
  }

  /// Sound asked for when all of the sound before it has come: whoever keeps something back waits for ever.
  @Test(arguments: [LoopPace.prompt, .patient])
  func `whoever asks for more when told that no more has come gets it`(pace: LoopPace) async throws
  {
    let loopback = try Loopback(serve: { socket in
      { event in
        guard case .text = event else { return }
        for number in 0..<40 {
          socket.send(text: "\(number) " + String(repeating: "a", count: 3000))
        }
      }
    })
    let (events, holder) = (Events<SocketEvent?>(), Holder<WebSocketConnection>())
    let (tell, loop) = (events.handler, EventLoop(pace: pace))
    defer { loop.stop() }
    let connection = WebSocketConnection(
      WebSocketRequest(loopback.request()), on: loop, caughtUp: { tell(nil) }, handler: tell)
    holder.value = connection
    for _ in 0..<50 {
      connection.send(text: "more")
      var (texts, isBehind) = (0, false)
      while texts < 40 || isBehind, let event = await events.next() {
        switch event {
        case .text?: (texts, isBehind) = (texts + 1, true)
        case nil: isBehind = false
        default: break
        }
      }
      #expect(texts == 40 && !isBehind)
    }
    connection.close()
  }

  @Test func `a message of eight megabytes goes both ways whole`() async throws {
    let loopback = try Loopback { $0.maximumMessage = 16 << 20 }
    // A sanitizer takes longer over it than a ping would wait.
    let (connection, events) = loopback.open { $0.pingInterval = nil }
    let big = (0..<(8 << 20)).map { UInt8(0x20 + $0 % 90) }
    connection.send(text: big)
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    #expect(await events.nextNews() == .text(big))
  }

  @Test func `a message over the server's limit ends with 1009`() async throws {
    let loopback = try Loopback { $0.maximumMessage = 100 }
    let (connection, events) = loopback.open()
    connection.send(text: String(repeating: "x", count: 101))
    guard case .closed(let code, _) = await events.end() else {
      Issue.record("it was not closed")
      return
    }
    #expect(code == 1009)
  }

  @Test func `the client's close reaches the server with code and reason, and is answered`()
    async throws
  {
    let served = Events<SocketEvent>()
    let loopback = try Loopback(serve: { _ in served.handler })
    let (connection, events) = loopback.open()
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    connection.send(text: "last")
    connection.close(code: 4001, reason: "grund")
    #expect(await served.nextText() == "last")
    #expect(await served.end() == .closed(code: 4001, reason: "grund"))
    #expect(await events.end() == .closed(code: 4001, reason: ""))
  }

  @Test func `the server's close reaches the client after what was sent before it`() async throws {
    let served = Events<SocketEvent>()
    let loopback = try Loopback(serve: { socket in
      socket.send(text: "first")
      socket.close(code: 1012, reason: "restart")
      return served.handler
    })
    let (_, events) = loopback.open()
    #expect(await events.nextText() == "first")
    #expect(await events.end() == .closed(code: 1012, reason: "restart"))
    #expect(await served.end() == .closed(code: 1012, reason: ""))
  }

  @Test func `two hundred connections at once each get their own echo`() async throws {
    let loopback = try Loopback()
    let all = (0..<200).map { _ in loopback.open() }
    for (index, (connection, _)) in all.enumerated() { connection.send(text: "number \(index)") }
    for (index, (_, events)) in all.enumerated() {
      #expect(await events.nextText() == "number \(index)")
    }
    #expect(loopback.listener.connections == 200)
    for (connection, _) in all { connection.close() }
    for (_, events) in all { #expect(await events.end() == .closed(code: 1000, reason: "")) }
  }

  @Test func `a paused client holds back the server's queue and loses nothing`() async throws {
    let sockets = Events<ServerWebSocket>()
    let loopback = try Loopback {
      $0.sendBuffer = 256 * 1024
      $0.drainMark = 1000
    } serve: { socket in
      sockets.handler(socket)
      return { _ in }
    }
    let (connection, events) = loopback.open { $0.pausedReadAhead = 50_000 }
    guard case .opened = await events.nextNews() else {
      Issue.record("it did not open")
      return
    }
    connection.pauseReceiving()
    let socket = try #require(await sockets.next())
    let message = [UInt8](repeating: 0x61, count: 100_000)
    for _ in 0..<200 { socket.send(text: message) }
    var waiting = 0
    repeat {
      waiting = socket.pendingBytes
      try await Task.sleep(for: .milliseconds(40))
    } while socket.pendingBytes != waiting
    #expect(waiting > 2_000_000)
    connection.resumeReceiving()
    for _ in 0..<200 { #expect(await events.nextNews() == .text(message)) }
    #expect(socket.pendingBytes == 0)
  }

  @Test func `a handler may pause and resume from within a delivery`() async throws {
    let loopback = try Loopback(serve: { socket in
      for number in 0..<50 { socket.send(text: "\(number)") }
      return { _ in }
    })
    let events = Events<SocketEvent>()
    let holder = Holder<WebSocketConnection>()
    let connection = WebSocketConnection(WebSocketRequest(loopback.request()), on: loopback.loop) {
      events.handler($0)
      holder.value?.pauseReceiving()
      loopback.loop.post { holder.value?.resumeReceiving() }
    }
    holder.value = connection
    for number in 0..<50 { #expect(await events.nextText() == "\(number)") }
  }
}
