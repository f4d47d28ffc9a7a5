import KugelConnections
import KugelMeasure
import KugelSession
import KugelSystem
import KugelWire

@testable import KugelClient

/// Time that passes only by being waited for.
final class FakeClock: RunClock {
  private(set) var now = ContinuousClock.now
  /// Somebody waited for nothing: the test would hang.
  private(set) var isStuck = false
  /// Posted when the clock gets stuck, so that the run ends.
  var inbox: Inbox<RunEvent>?

  func wait(for descriptors: [CInt], until deadline: ContinuousClock.Instant?) -> [Bool] {
    let ready = Poller.wait(for: descriptors, until: .now)
    if ready.contains(true) { return ready }
    guard let deadline else {
      isStuck = true
      inbox?.post(.signal(1))
      return Poller.wait(for: descriptors, until: .now)
    }
    now = max(now, deadline)
    return ready
  }

  func advance(by duration: Duration) { now += duration }
}

/// A service with known delays, in milliseconds, on a fake clock.
struct Delays {
  var connect = 40.0
  /// From the flush to the first frame.
  var firstFrame = 118.0
  var gap = 41.0
  var frames = 3
  /// Of each frame.
  var length = 200.0
  /// Before the first audible sample.
  var silence = 13.0
  var acknowledge = 11.0
  /// From the cancel to one more frame.
  var stray: Double?
}

/// Answers each flush with frames, as `Delays` says; turns can be made to differ or fail.
final class ScriptedConnection: SpeechConnection {
  private let clock: FakeClock
  var deliver: (LinkEvent) -> Void = { _ in }
  /// What the n-th turn of all, from 0, is like; nil breaks the connection.
  private let delays: (Int) -> Delays?
  private var pending: [(at: ContinuousClock.Instant, event: LinkEvent)] = []
  private var turns = 0
  private(set) var openings = 0
  /// The service does one turn after the other.
  private var busyUntil: ContinuousClock.Instant
  /// The turn being answered.
  private var current = Delays()

  init(clock: FakeClock, delays: @escaping (Int) -> Delays?) {
    self.clock = clock
    self.delays = delays
    busyUntil = clock.now
  }

  var deadline: ContinuousClock.Instant? { pending.map(\.at).min() }

  func open() {
    openings += 1
    let connect = (delays(turns) ?? Delays()).connect
    pending.append((clock.now + .milliseconds(connect), .opened))
  }

  func send(_ frame: ClientFrame) {
    if frame.cancel {
      pending = []
      if let stray = current.stray { schedule(.audio(self.frame(current, 0)), in: stray) }
      schedule(.interrupted, in: current.acknowledge)
      return
    }
    guard frame.flush else { return }
    defer { turns += 1 }
    guard let delays = delays(turns) else {
      pending.append((clock.now, .lost(.closed(code: 1006, reason: ""))))
      return
    }
    answer(delays)
  }

  private func answer(_ delays: Delays) {
    current = delays
    let begin = max(clock.now, busyUntil)
    let offset = (begin - clock.now) / .milliseconds(1)
    var at = offset + delays.firstFrame
    for index in 0..<delays.frames {
      schedule(.audio(frame(delays, index)), in: at)
      if index < delays.frames - 1 { at += delays.gap }
    }
    schedule(.final(FinalStatistics()), in: at)
    schedule(.sessionClosed(TurnTotals(), usage: nil), in: at)
    busyUntil = clock.now + .milliseconds(at)
  }

  private func frame(_ delays: Delays, _ index: Int) -> AudioFrame {
    let count = Int(delays.length * 24)
    let quiet = index == 0 ? Int(delays.silence * 24) : 0
    return AudioFrame(
      samples: [Int16](repeating: 0, count: quiet)
        + [Int16](repeating: 8000, count: count - quiet),
      rate: 24_000, index: index, chunk: 0)
  }

  private func schedule(_ message: ServiceMessage, in milliseconds: Double) {
    pending.append((clock.now + .milliseconds(milliseconds), .received(ServiceFrame(message))))
  }

  func tick(at now: ContinuousClock.Instant) {
    let due = pending.filter { $0.at <= now }
    pending.removeAll { $0.at <= now }
    for (_, event) in due { deliver(event) }
  }

  func hold(_ held: Bool) {}
  func receive(_ news: ConnectionNews) {}
  func close() {
    pending = []
    busyUntil = clock.now
  }
}

/// A run over scripted connections.
struct ScriptedBench {
  let clock = FakeClock()
  let inbox: Inbox<RunEvent>

  init() throws {
    inbox = try Inbox()
    clock.inbox = inbox
  }

  func subject(_ delays: @escaping (Int) -> Delays?) -> BenchSubject {
    BenchSubject(settings: TurnSettings(), policy: SessionPolicy()) { [clock] _ in
      ScriptedConnection(clock: clock, delays: delays)
    }
  }

  func run(
    _ subjects: [BenchSubject], counts: BenchReport.Planned, script: TurnScript? = nil,
    concurrency: Int = 1, interval: Duration? = nil, speakers: (any Playback)? = nil,
    progress: @escaping (BenchPart.Progress) -> Void = { _ in }
  ) throws -> BenchPart.Outcome {
    let script = script ?? TurnScript(text: "Hello there.", strategy: .full, pace: 50)
    var setup = BenchPart.Setup(
      subjects: subjects,
      cases: subjects.indices.map { BenchPart.Case(subject: $0, script: script) }, counts: counts)
    setup.concurrency = concurrency
    setup.interval = interval
    setup.progress = progress
    return try measure(setup, inbox: inbox, clock: clock, speakers: speakers)
  }
}

func measure(
  _ setup: BenchPart.Setup, inbox: Inbox<RunEvent>, clock: any RunClock,
  speakers: (any Playback)? = nil
) throws -> BenchPart.Outcome {
  var run = RunSetup(
    inbox: inbox, outputs: OutputSet([], playback: speakers, capacity: .infinity))
  run.clock = clock
  return try BenchPart.perform(setup, in: run)
}

func planned(warm: Int = 0, warmup: Int = 0, cold: Int = 0, bargeIn: Int = 0)
  -> BenchReport.Planned
{
  BenchReport.Planned(warm: warm, warmup: warmup, cold: cold, bargeIn: bargeIn)
}
