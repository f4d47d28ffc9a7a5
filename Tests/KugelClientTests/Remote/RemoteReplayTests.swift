import KugelClient
import KugelText
import KugelTransport
import KugelWire
import Testing

/// Connections that break: each frame again, once, in order; nothing said twice, nothing lost.
@Suite struct RemoteReplayTests {
  private let text = "One is here. Two is here. Three is here."

  @Test func `before any sound every frame is sent again, in order, with the settings`() throws {
    let bench = try RemoteBench(
      .serve { peer, frame in if frame.flush { peer.socket.close(code: 1001) } },
      ScriptedService.obliging)
    let pipe = try TestPipe()
    for line in ["One ", "is ", "here."] { pipe.write(line) }
    pipe.closeWriting()
    let outcome = try bench.run(TextFlow(descriptor: pipe.readEnd))
    #expect(outcome.endings == [1, 0, 0, 0])
    #expect(bench.samples == ScriptedService.sound("One is here."))
    #expect(bench.sent.count == 2)
    #expect(bench.sent[0] == bench.sent[1])
    #expect(bench.sent[1].first?.settings == bench.settings)
  }

  @Test func `a refusal with a wish to wait is tried again`() throws {
    let bench = try RemoteBench(
      .refuse(HTTPResponse(status: 429, headers: ["retry-after": "0"])), ScriptedService.obliging)
    #expect(try bench.run(text).endings == [1, 0, 0, 0])
    #expect(bench.samples == ScriptedService.sound(text))
  }

  @Test func `after sound the turn goes on behind the last whole sentence`() throws {
    let bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.speak("One is here.")
        peer.say(
          .generationStarted(chunk: 1, text: "Two is here."),
          .audio(ScriptedService.frame("Two i", 1)))
        peer.socket.close(code: 1001)
      }, ScriptedService.obliging)
    #expect(try bench.run(text).endings == [1, 0, 0, 0])
    #expect(bench.samples == ScriptedService.sound(text))
    #expect(bench.sent[1].compactMap(\.text) == ["Two is here. Three is here."])
  }

  @Test func `with word times the turn goes on within the sentence`() throws {
    let bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        // Ten samples a letter at 1000 Hz: ten milliseconds.
        peer.say(
          .generationStarted(chunk: 0, text: "One is here."),
          .audio(
            AudioFrame(
              samples: ScriptedService.sound("Onei"), rate: 1000, index: 0, chunk: 0)),
          .wordTimes(
            [
              WordTime(
                word: "One", startMilliseconds: 0, endMilliseconds: 30, characterStart: 0,
                characterEnd: 3),
              WordTime(
                word: "is", startMilliseconds: 30, endMilliseconds: 50, characterStart: 4,
                characterEnd: 6),
            ], chunk: 0))
        peer.socket.close(code: 1001)
      },
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.say(
          .audio(
            AudioFrame(
              samples: ScriptedService.sound("ishere."), rate: 1000, index: 0, chunk: 0)))
        peer.end()
      })
    #expect(try bench.run("One is here.").endings == [1, 0, 0, 0])
    #expect(bench.sent[1].compactMap(\.text) == ["is here."])
    #expect(bench.samples == ScriptedService.sound("One is here."))
  }

  @Test func `a request of one text goes on too`() throws {
    var bench = try RemoteBench(
      .serve { peer, _ in
        peer.say(.audio(ScriptedService.frame("One is")))
        peer.socket.close(code: 1001)
      },
      .serve { peer, frame in
        peer.say(.audio(ScriptedService.frame(frame.text ?? "")))
        peer.end()
      })
    bench.endpoint = .tts
    #expect(try bench.run("One is here.").endings == [1, 0, 0, 0])
    #expect(bench.samples == ScriptedService.sound("One is here."))
  }

  @Test func `one loss after the other leads to the end as long as it goes on`() throws {
    let drop = ScriptedService.Script.serve { peer, frame in
      guard frame.flush else { return }
      let text = peer.text.withLock { $0 }
      peer.speak(ScriptedService.sentences(of: text)[0])
      peer.socket.close(code: 1001)
    }
    var bench = try RemoteBench(drop)
    bench.policy.retries = 1
    let outcome = try bench.run("A. B. C. D. E.")
    #expect(outcome.endings == [1, 0, 0, 0])
    #expect(bench.samples == ScriptedService.sound("A.B.C.D.E."))
  }

  @Test func `told to fail, a turn fails, and its sound stays`() throws {
    var bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.speak("One is here.")
        peer.socket.close(code: 1001)
      })
    bench.policy.onDrop = .fail
    #expect(try bench.run(text).turns.firstFailure == .service(.closed(code: 1001)))
    #expect(bench.samples == ScriptedService.sound("One is here."))
  }

  @Test func `told to restart, the turn is spoken from its start`() throws {
    var bench = try RemoteBench(
      .serve { peer, frame in
        guard frame.flush else { return }
        peer.speak("One is here.")
        peer.socket.close(code: 1001)
      }, ScriptedService.obliging)
    bench.policy.onDrop = .restart
    #expect(try bench.run(text).endings == [1, 0, 0, 0])
    #expect(bench.samples == ScriptedService.sound("One is here." + text))
  }
}
