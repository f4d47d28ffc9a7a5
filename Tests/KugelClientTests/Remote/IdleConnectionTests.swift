import KugelAudio
import KugelClient
import KugelSession
import KugelSystem
import Testing

/// A scripted conversation over a scripted service.
private struct RemoteTalk {
  let bench: RemoteBench
  let pipe: TestPipe
  let replies: TestPipe
  let ear = Ear()

  init(_ scripts: ScriptedService.Script...) throws {
    bench = try RemoteBench(scripts)
    pipe = try TestPipe()
    replies = try TestPipe()
  }

  /// Runs on a thread of its own until the input ends.
  func start(keepAlive: Duration = .seconds(600)) throws -> Thread {
    let input = ConversationInput(
      .descriptor(pipe.readEnd),
      ConversationInput.Setup(
        style: .script, offer: .kugelAudio, start: .now, explain: { _ in Self.trouble }))
    var setup = bench.runSetup
    setup.listeners = [ear]
    setup.copyTo = replies.writeEnd
    // Made here, used on its thread alone.
    nonisolated(unsafe) let run = (input, try bench.connection(keepAlive: keepAlive), setup)
    return try Thread(name: "talk") { [bench] in
      _ = unsafe try? bench.run(run.0, over: run.1, in: run.2)
    }
  }

  private static let trouble = SpeechEvent.Trouble(code: "service", message: "gone", exit: 69)

  func waitForEnd() { ear.wait { if case .turnEnded = $0 { true } else { false } } }
}

@Suite struct IdleConnectionTests {
  @Test func `an idle connection is kept alive, and that is told`() throws {
    let talk = try RemoteTalk(ScriptedService.obliging)
    let run = try talk.start(keepAlive: .milliseconds(30))
    talk.pipe.write("One.\n\n")
    talk.waitForEnd()
    talk.ear.wait(count: 3) { $0 == .keptAlive }
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
    talk.waitForEnd()
    #expect(talk.bench.service.upgrades.withLock { $0.count } == 1)
    talk.pipe.write("Two.\n\n")
    talk.pipe.closeWriting()
    run.join()
    #expect(talk.bench.samples == ScriptedService.sound("One. Two."))
    #expect(talk.bench.service.upgrades.withLock { $0.count } == 2)
    let happened = talk.ear.all.map(\.what)
    #expect(
      happened.count { if case .connected = $0 { true } else { false } } == 2)
    #expect(!happened.contains { if case .unreachable = $0 { true } else { false } })
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
    talk.waitForEnd()
    talk.pipe.write("Two.\n\nThree.\n\n")
    talk.pipe.closeWriting()
    run.join()
    #expect(talk.bench.samples == ScriptedService.sound("One. Two. Three."))
    #expect(talk.bench.service.upgrades.withLock { $0.count } == 2)
  }

  @Test func `what a service calls the connection is told`() throws {
    let talk = try RemoteTalk(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.socket.send(text: Array(#"{"session_started":true,"session_id":"s-7"}"#.utf8))
        peer.speak("One.")
        peer.end()
      })
    let run = try talk.start()
    talk.pipe.write("One.\n\n")
    talk.waitForEnd()
    talk.pipe.closeWriting()
    run.join()
    #expect(talk.ear.all.map(\.what).contains(.greeted(session: "s-7")))
    #expect(talk.bench.samples == ScriptedService.sound("One."))
  }
}
