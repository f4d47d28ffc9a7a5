import Glibc
import KugelAudio
import KugelConnections
import KugelEngine
import KugelService
import KugelServiceCore
import KugelSystem
import KugelText
import KugelWire
import Testing

@testable import KugelClient

/// Keeps what it is given; fails when told to.
final class CollectingSink: AudioSink {
  let target = "memory"
  private let samples: Monitor<[Int16]>
  private let failsAfter: Int

  init(_ samples: Monitor<[Int16]>, failsAfter: Int = .max) {
    self.samples = samples
    self.failsAfter = failsAfter
  }

  func write(_ more: [Int16], rate: Int) throws(SinkError) {
    guard samples.withLock({ $0.count }) < failsAfter else {
      throw .failed(target: target, cause: "full")
    }
    samples.change { $0 += more }
  }

  func finish() throws(SinkError) {}
  func cut() throws(SinkError) {}
}

/// A run over the tone engine, into memory.
struct RunBench {
  let inbox: Inbox<RunEvent>
  let worker: SynthesisWorker
  let heard = Monitor<[Int16]>([])

  init() throws {
    inbox = try Inbox()
    worker = try SynthesisWorker(engine: ToneEngine())
  }

  func sink(_ samples: Monitor<[Int16]>? = nil, failsAfter: Int = .max) -> SinkRunner {
    let samples = samples ?? heard
    return SinkRunner(
      target: "memory", onChange: { [inbox] in inbox.post(.sinkChanged) },
      makeSink: { CollectingSink(samples, failsAfter: failsAfter) })
  }

  func run(
    _ input: any SpeechInput, sinks: [SinkRunner]? = nil, waitingBytes: Int = 1 << 20,
    notify: @escaping (RunNotice) -> Void = { _ in },
    adapt: (inout TurnSettings) -> Void = { _ in }
  ) throws -> SpeechOutcome {
    var settings = TurnSettings()
    settings.voice = .id(ToneEngine().defaultVoice)
    adapt(&settings)
    var profile = ServiceProfile { reference in
      if case .found(let voice) = ToneEngine().find(reference) { voice.id } else { nil }
    }
    profile.waitingBytes = waitingBytes
    var run = RunSetup(inbox: inbox, outputs: OutputSet(sinks ?? [sink()], capacity: 10))
    run.notify = notify
    return try SpeechPart.perform(
      SpeechSetup(
        settings: settings,
        connection: LocalConnection(profile: profile, worker: worker, news: inbox.news())),
      input, in: run)
  }

  var samples: [Int16] { heard.withLock { $0 } }

  static func tone(_ text: String) throws -> [Int16] {
    var samples: [Int16] = []
    let engine = ToneEngine()
    try engine.speak(Utterance(text: text, voice: engine.defaultVoice)) { piece in
      if case .samples(let more) = piece { samples += more }
      return true
    }
    return samples
  }
}

/// A pipe whose ends are closed at the end of the test.
final class TestPipe: @unchecked Sendable {
  let (readEnd, writeEnd): (CInt, CInt)
  // Closed by one thread of a test.
  private var isOpen = true

  init() throws {
    var ends: [CInt] = [-1, -1]
    try #require(unsafe pipe(&ends) == 0)
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    closeWriting()
  }

  func write(_ text: String) { write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) {
    _ = unsafe Glibc.write(writeEnd, bytes, bytes.count)
  }

  func closeWriting() {
    if isOpen { close(writeEnd) }
    isOpen = false
  }
}

@Suite struct SpeechRunTests {
  @Test func `a known text is spoken to its last sample`() throws {
    let bench = try RunBench()
    defer { bench.worker.stop() }
    let text = "One sentence. And another, longer one! Is this the last?"
    let outcome = try bench.run(TextFlow(known: text))
    #expect(outcome.endings == [1, 0, 0, 0])
    #expect(outcome.sinkErrors == [])
    #expect(try bench.samples == RunBench.tone(text))
  }

  /// The service refuses text when much of it waits; a text that is longer waits in its pipe.
  @Test func `ten thousand lines are all spoken, in order, none twice`() throws {
    let bench = try RunBench()
    defer { bench.worker.stop() }
    let pipe = try TestPipe()
    let text = (1...10_000).map { "Line \($0) of the list.\n" }.joined()
    let feeder = try Thread(name: "feeder") { [pipe] in
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes {
          unsafe Glibc.write(pipe.writeEnd, $0.baseAddress, min($0.count, 1009))
        }
        guard count > 0 else { return }
        rest.removeFirst(count)
      }
      pipe.closeWriting()
    }
    let input = TextFlow(descriptor: pipe.readEnd)
    let outcome = try bench.run(input, waitingBytes: 160_000)
    feeder.join()
    #expect(outcome.endings == [1, 0, 0, 0])
    #expect(try bench.samples == RunBench.tone(text))
  }

  @Test func `a known text longer than is handed on at once is spoken whole`() throws {
    let bench = try RunBench()
    defer { bench.worker.stop() }
    let text = (1...3_500).map { "Line \($0) of the list.\n" }.joined()
    #expect(text.count > 60_000)
    let outcome = try bench.run(TextFlow(known: text))
    #expect(outcome.endings == [1, 0, 0, 0])
    #expect(outcome.turns.characters == text.count)
    #expect(try bench.samples == RunBench.tone(text))
  }

  @Test func `a sentence is spoken while the next is not yet written`() throws {
    let bench = try RunBench()
    defer { bench.worker.stop() }
    let pipe = try TestPipe()
    pipe.write("Hello world. ")
    let first = try RunBench.tone("Hello world.")
    let waiter = try Thread(name: "waiter") { [heard = bench.heard, pipe] in
      heard.wait { $0.count >= first.count ? () : nil }
      pipe.write("Bye.")
      pipe.closeWriting()
    }
    let input = TextFlow(descriptor: pipe.readEnd)
    _ = try bench.run(input)
    waiter.join()
    #expect(try bench.samples == RunBench.tone("Hello world. Bye."))
  }

  @Test func `a sink that fails does not stop the other`() throws {
    let bench = try RunBench()
    defer { bench.worker.stop() }
    let broken = Monitor<[Int16]>([])
    let text = "The file goes on. The other does not. " + String(repeating: "More. ", count: 50)
    let outcome = try bench.run(
      TextFlow(known: text), sinks: [bench.sink(), bench.sink(broken, failsAfter: 1)])
    #expect(outcome.sinkErrors == [.failed(target: "memory", cause: "full")])
    #expect(try bench.samples == RunBench.tone(text))
  }

  @Test func `a signal ends the run and keeps what was made`() throws {
    let bench = try RunBench()
    defer { bench.worker.stop() }
    let pipe = try TestPipe()
    pipe.write("First. ")
    let first = try RunBench.tone("First.")
    let waiter = try Thread(name: "waiter") { [heard = bench.heard, inbox = bench.inbox] in
      heard.wait { $0.count >= first.count ? () : nil }
      inbox.post(.signal(SIGINT))
    }
    let input = TextFlow(descriptor: pipe.readEnd)
    let outcome = try bench.run(input)
    waiter.join()
    #expect(outcome.signal == SIGINT)
    #expect(outcome.endings == [0, 0, 1, 0])
    #expect(bench.samples == first)
  }

  @Test func `bytes that are no text are told once, with their place`() throws {
    let bench = try RunBench()
    defer { bench.worker.stop() }
    let pipe = try TestPipe()
    _ = unsafe Glibc.write(pipe.writeEnd, [0x41, 0x20, 0xFF, 0x20, 0xFE, 0x42] as [UInt8], 6)
    pipe.closeWriting()
    var warnings: [String] = []
    let input = TextFlow(descriptor: pipe.readEnd)
    _ = try bench.run(
      input,
      notify: { notice in
        if case .warning(let sentence) = notice { warnings.append(sentence) }
      })
    #expect(warnings.count == 1 && warnings[0].contains("not UTF-8 at byte 2"))
    #expect(try bench.samples == RunBench.tone("A \u{FFFD} \u{FFFD}B"))
  }

  @Test func `nothing to say makes no sound and says so`() throws {
    let bench = try RunBench()
    defer { bench.worker.stop() }
    let outcome = try bench.run(TextFlow(known: " \n "))
    #expect(!outcome.turns.hadText)
    #expect(bench.samples == [])
  }

  @Test(arguments: [true, false])
  func `a second interrupt leaves, and so does the end of the input that comes with the first`(
    hasEnd: Bool
  ) throws {
    let bench = try RunBench()
    defer { bench.worker.stop() }
    let pipe = try TestPipe()
    pipe.write("First line. Its end")
    let first = try RunBench.tone("First line.")
    let waiter = try Thread(name: "waiter") { [heard = bench.heard, inbox = bench.inbox, pipe] in
      heard.wait { $0.count >= first.count ? () : nil }
      inbox.post(.signal(SIGINT))
      if hasEnd { pipe.closeWriting() } else { inbox.post(.signal(SIGINT)) }
    }
    let input = TextFlow(descriptor: pipe.readEnd, mark: .line)
    let outcome = try bench.run(input)
    waiter.join()
    #expect(outcome.signal == SIGINT)
    #expect(outcome.endings == [0, 0, 1, 0])
    #expect(bench.samples == first)
  }
}
