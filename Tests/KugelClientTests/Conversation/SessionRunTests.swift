import Glibc
import KugelSession
import KugelSystem
import Testing

@testable import KugelClient

@Suite struct SessionRunTests {
  /// The end of the turn is answered at once, as all of it was spoken long ago: nothing else happens
  /// that would wake the run.
  @Test func `input that ends after everything was heard ends the session`() throws {
    let bench = try RunBench()
    defer { bench.worker.stop() }
    let pipe = try TestPipe()
    pipe.write("Hello there.\n")
    let sound = try RunBench.tone("Hello there.")
    let isOver = Monitor(false)
    let writer = try Thread(name: "writer") { [heard = bench.heard, inbox = bench.inbox, pipe] in
      heard.wait { $0.count >= sound.count ? () : nil }
      // The engine says that it has finished right behind its last sample.
      usleep(20_000)
      pipe.closeWriting()
      for _ in 0..<500 where !isOver.withLock({ $0 }) { usleep(10_000) }
      if !isOver.withLock({ $0 }) { inbox.post(.signal(SIGTERM)) }
    }
    let input = ConversationInput(
      .descriptor(pipe.readEnd),
      ConversationInput.Setup(style: .script, offer: .kugelAudio, start: .now) { _ in
        SpeechEvent.Trouble(code: "", message: "", exit: nil)
      })
    let outcome = try bench.run(input, adapt: { $0.flushTimeoutMilliseconds = 1 })
    isOver.change { $0 = true }
    writer.join()
    #expect(outcome.signal == nil)
    #expect(outcome.endings == [1, 0, 0, 0])
    #expect(bench.samples == sound)
  }
}
