import KugelAudio
import KugelClient
import KugelSession
import KugelSystem
import KugelWire
import Testing

/// A scripted conversation over a scripted service.
private struct RemoteTalk {
  let bench: RemoteBench
  let pipe: TestPipe
  let replies: TestPipe
  let events = Monitor<[SpeechEvent.Body]>([])

  init(_ scripts: ScriptedService.Script...) throws {
    bench = try RemoteBench(scripts)
    pipe = try TestPipe()
    replies = try TestPipe()
  }

  /// Runs on a thread of its own until the input ends.
  func start(keepAlive: Duration = .seconds(600)) throws -> Thread {
    let log = try EventLog(
      descriptor: nil, start: .now, audioEvery: nil, explain: { _ in Self.trouble })
    log.listener = { [events] event in events.change { $0.append(event.body) } }
    let input = ConversationInput(
      .descriptor(pipe.readEnd),
      ConversationInput.Setup(
        style: .script, offer: .kugelAudio, start: .now, explain: { _ in Self.trouble }))
    let sink = SinkRunner(
      target: "memory", onChange: { [inbox = bench.inbox] in inbox.post(.sinkChanged) },
      makeSink: { [heard = bench.heard] in CollectingSink(heard) })
    var setup = SpeechSetup(
      settings: bench.settings, service: .remote(try bench.connection(keepAlive: keepAlive)),
      sinks: [sink], queueSeconds: 10, inbox: bench.inbox)
    setup.policy = bench.policy
    setup.events = log
    setup.copyTo = replies.writeEnd
    // Made here, used on its thread alone.
    nonisolated(unsafe) let run = try SpeechRun(setup, input: input) { _ in }
    return try Thread(name: "talk") { _ = unsafe run.run() }
  }

  private static let trouble = SpeechEvent.Trouble(code: "service", message: "gone", exit: 69)

  func wait(for name: String, count: Int = 1) {
    events.wait { $0.count { $0.name == name } >= count ? () : nil }
  }
}

@Suite struct IdleConnectionTests {
  @Test func `an idle connection is kept alive, and that is told`() throws {
    let talk = try RemoteTalk(ScriptedService.obliging)
    let run = try talk.start(keepAlive: .milliseconds(30))
    talk.pipe.write("One.\n\n")
    talk.wait(for: "turn.end")
    talk.wait(for: "keepalive", count: 3)
    talk.pipe.write("Two.\n\n")
    talk.pipe.closeWriting()
    run.join()
    #expect(talk.bench.samples == ScriptedService.sound("One. Two."))
    #expect(talk.bench.service.upgrades.withLock { $0.count } == 1)
  }

  @Test func `a connection that the service dropped between turns is opened again on demand`()
    throws
  {
    let talk = try RemoteTalk(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.speak("One.")
        peer.end()
        peer.socket.close(code: 1001)
      }, ScriptedService.obliging)
    let run = try talk.start()
    talk.pipe.write("One.\n\n/wait 50ms\n/status\n")
    talk.wait(for: "turn.end")
    #expect(talk.bench.service.upgrades.withLock { $0.count } == 1)
    talk.pipe.write("Two.\n\n")
    talk.pipe.closeWriting()
    run.join()
    #expect(talk.bench.samples == ScriptedService.sound("One. Two."))
    #expect(talk.bench.service.upgrades.withLock { $0.count } == 2)
    let names = talk.events.withLock { $0.map(\.name) }
    #expect(names.filter { $0 == "connect" }.count == 2)
    #expect(!names.contains("error"))
  }

  @Test func `a service that dies without a word is noticed by its silence, and dialled again`()
    throws
  {
    let talk = try RemoteTalk(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.speak("One.")
        peer.end()
        peer.socket.abort()
      }, ScriptedService.obliging)
    let run = try talk.start()
    talk.pipe.write("One.\n\n")
    talk.wait(for: "turn.end")
    talk.pipe.write("Two.\n\nThree.\n\n")
    talk.pipe.closeWriting()
    run.join()
    #expect(talk.bench.samples == ScriptedService.sound("One. Two. Three."))
    #expect(talk.bench.service.upgrades.withLock { $0.count } == 2)
  }
}
