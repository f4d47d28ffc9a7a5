import Glibc
import KugelAudio
import KugelClient
import KugelSystem
import KugelTransport
import KugelWire
import Testing

private typealias Script = ScriptedService.Script

@Suite struct RemoteConnectionTests {
  @Test func `a text goes out with the settings in its first frame and comes back as sound`() throws
  {
    var bench = try RemoteBench(ScriptedService.obliging)
    bench.settings.speed = 1.1
    let outcome = try bench.run("One. Two.")
    #expect(outcome.endings == [1, 0, 0, 0])
    #expect(bench.samples == ScriptedService.sound("One. Two."))
    #expect(bench.sent == [[ClientFrame(text: "One. Two.", settings: bench.settings), .flush]])
  }

  @Test func `the key travels in a header and in no address`() throws {
    var bench = try RemoteBench(ScriptedService.obliging)
    bench.key = try APIKey("eu-ka_secret")
    bench.path = "/base?tenant=3"
    _ = try bench.run("One.")
    let head = try #require(bench.service.upgrades.withLock { $0 }.first)
    #expect(head.target == "/base/ws/tts/stream?tenant=3")
    #expect(head.headers["authorization"] == "Bearer ka_secret")
    #expect(head.headers["user-agent"] == "kugel/test")
  }

  @Test func `a connection that was prepared is the one that is used`() throws {
    let bench = try RemoteBench(ScriptedService.obliging)
    let connection = try bench.connection()
    connection.prepare()
    _ = try bench.run(TextFlow(known: "One."), over: connection, in: bench.runSetup)
    #expect(bench.samples == ScriptedService.sound("One."))
    #expect(bench.service.upgrades.withLock { $0.count } == 1)
  }

  @Test func `a complete text may go as one request`() throws {
    var bench = try RemoteBench(
      .serve { peer, frame in
        peer.say(.audio(ScriptedService.frame(frame.text ?? "")))
        peer.end()
      })
    bench.endpoint = .tts
    let outcome = try bench.run("One. Two.")
    #expect(outcome.endings == [1, 0, 0, 0])
    #expect(bench.samples == ScriptedService.sound("One. Two."))
    #expect(bench.sent == [[ClientFrame(text: "One. Two.", settings: bench.settings, flush: true)]])
  }

  @Test func `what is no message of ours is passed over, and shown to who asks`() throws {
    let bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.socket.send(text: #"{"news":"tomorrow\u001b[2J"}"#)
        peer.speak("One.")
        peer.end()
      })
    let outcome = try bench.run("One.")
    #expect(outcome.endings == [1, 0, 0, 0])
    let lines = bench.lines.withLock { $0 }
    #expect(lines.contains(.ignored(#"{"news":"tomorrow\u001b[2J"}"#)))
    #expect(lines.contains(.received("audio 0, chunk 0: 40 samples at 24000 Hz")))
    #expect(lines.contains(.sent(#"{"text":"One.","voice_id":7}"#)))
  }

  @Test func `an older service says neither final nor usage`() throws {
    let bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.say(
          .audio(ScriptedService.frame("One.")),
          .sessionClosed(TurnTotals(audioSeconds: 2), usage: nil))
      })
    #expect(try bench.run("One.").endings == [1, 0, 0, 0])
    let report = try #require(bench.reports.withLock { $0.first })
    #expect(report.ending == .complete && report.final == nil)
    #expect(report.usage == Usage(audioSeconds: 2))
  }

  @Test func `samples cut in two are joined, and a turn's half does not reach the next`() throws {
    let bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        for half in ["AQ==", "AgME", "BQ=="] {
          peer.socket.send(text: #"{"audio":"\#(half)","sr":24000}"#)
        }
        peer.end()
      })
    let pipe = try TestPipe()
    pipe.write("One.\nTwo.\n")
    pipe.closeWriting()
    let outcome = try bench.run(TextFlow(descriptor: pipe.readEnd, mark: .line))
    #expect(outcome.endings == [2, 0, 0, 0])
    #expect(bench.samples == [0x0201, 0x0403, 0x0201, 0x0403])
  }

  @Test func `several turns share the connection`() throws {
    let bench = try RemoteBench(ScriptedService.obliging)
    let pipe = try TestPipe()
    pipe.write("One.\nTwo.\n")
    pipe.closeWriting()
    let outcome = try bench.run(TextFlow(descriptor: pipe.readEnd, mark: .line))
    #expect(outcome.endings == [2, 0, 0, 0])
    #expect(bench.samples == ScriptedService.sound("One.Two."))
    #expect(bench.service.upgrades.withLock { $0.count } == 1)
  }

  @Test func `an interrupt cancels the turn and keeps what came`() throws {
    let bench = try RemoteBench(
      .serve { peer, frame in
        if frame.flush { peer.speak("One.") }
        if frame.cancel { peer.say(.interrupted) }
      })
    let waiter = try Thread(name: "waiter") { [heard = bench.heard, inbox = bench.inbox] in
      heard.wait { $0.isEmpty ? nil : () }
      inbox.post(.signal(SIGINT))
    }
    let outcome = try bench.run("One. Two.")
    waiter.join()
    #expect(outcome.signal == SIGINT)
    #expect(outcome.endings == [0, 0, 1, 0])
    #expect(bench.sent.first?.last == .cancel)
    #expect(bench.samples == ScriptedService.sound("One."))
  }

  @Test func `a service that sends faster than it is taken waits, and nothing is lost`() throws {
    // Half a minute; ten seconds may wait in memory.
    let second = AudioFrame(
      samples: [Int16](repeating: 7, count: 24_000), rate: 24_000, index: 0, chunk: 0)
    let bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        for _ in 0..<30 { peer.say(.audio(second)) }
        peer.end()
      })
    let outcome = try bench.run("One.")
    #expect(outcome.endings == [1, 0, 0, 0])
    #expect(bench.samples.count == 30 * 24_000)
  }
}
