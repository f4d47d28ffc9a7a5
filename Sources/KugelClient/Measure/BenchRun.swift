import KugelAudio
import KugelMeasure
import KugelSession
import KugelSystem

/// Measures what a plan says, on the calling thread.
package final class BenchRun {
  /// One service with one way to send the text.
  package struct Case {
    /// Index of the subject.
    package var subject: Int
    package var script: TurnScript

    package init(subject: Int, script: TurnScript) {
      self.subject = subject
      self.script = script
    }
  }

  package struct Progress: Equatable, Sendable {
    package var measured: Int
    package var phase: TurnPhase
    /// Turns of the phase that are done, and all there will be.
    package var done: Int
    package var total: Int
  }

  package struct Outcome {
    /// The samples of each case, in the order in which they were taken.
    package var samples: [[TurnSample]]
    /// Between the starts of turns, for each case measured under load.
    package var intervals: [Duration?]
    /// The first failure of each subject that never gave a complete turn.
    package var failures: [SessionFailure?]
    package var signal: CInt?
    /// The speakers were lost.
    package var sinkError: SinkError?
    /// How long the machine slept meanwhile.
    package var slept = Duration.zero
  }

  /// A service that fails this often without a single complete turn is not asked again.
  private static let mostFailures = 3

  private let subjects: [BenchSubject]
  private let cases: [Case]
  private let counts: BenchReport.Planned
  private let concurrency: Int
  private let interval: Duration?
  private let inbox: Inbox<BenchEvent>
  private let clock: any BenchClock
  private let speakers: (any BenchSpeakers)?
  private let progress: (Progress) -> Void

  private let start: ContinuousClock.Instant
  private var lanes: [BenchLane] = []
  /// The lanes of each subject.
  private var lanesOf: [[BenchLane]]
  private var outcome: Outcome
  private var hasSucceeded: [Bool]
  private var failuresInRow: [Int]

  /// - Parameters:
  ///   - concurrency: connections at once; above 1 the warm turns start by a schedule.
  ///   - interval: between two starts on one connection; nil: as long as the speech of a warm-up takes.
  ///   - speakers: play every turn; for one connection at a time.
  ///   - progress: called between turns.
  package init(
    subjects: [BenchSubject], cases: [Case], counts: BenchReport.Planned, concurrency: Int = 1,
    interval: Duration? = nil, inbox: Inbox<BenchEvent>, clock: any BenchClock,
    speakers: (any BenchSpeakers)? = nil,
    progress: @escaping (Progress) -> Void = { _ in }
  ) {
    self.subjects = subjects
    self.cases = cases
    self.counts = counts
    self.concurrency = concurrency
    self.interval = interval
    self.inbox = inbox
    self.clock = clock
    self.speakers = speakers
    self.progress = progress
    start = clock.now
    lanesOf = subjects.map { _ in [] }
    hasSucceeded = subjects.map { _ in false }
    failuresInRow = subjects.map { _ in 0 }
    outcome = Outcome(
      samples: cases.map { _ in [] }, intervals: cases.map { _ in nil },
      failures: subjects.map { _ in nil })
  }

  /// Blocks until all is measured, or a signal came.
  package func run() -> Outcome {
    let awake = SuspendingClock.now
    let all = ContinuousClock.now
    if concurrency > 1 {
      for index in cases.indices { load(index) }
    } else {
      for step in BenchPlan(cases: cases.count, counts: counts).steps { perform(step) }
    }
    for lane in lanes { lane.leave() }
    if case .failed(let error) = speakers?.state { outcome.sinkError = error }
    let slept = (ContinuousClock.now - all) - (SuspendingClock.now - awake)
    outcome.slept = slept > .milliseconds(10) ? slept : .zero
    for subject in subjects.indices where hasSucceeded[subject] { outcome.failures[subject] = nil }
    return outcome
  }

  // MARK: - One after the other

  private func perform(_ step: BenchPlan.Step) {
    let measured = cases[step.measured]
    guard !isOver(measured.subject) else { return }
    tell(step.measured, step.phase, done: step.turn - 1)
    let lane = lane(0, of: measured.subject)
    lane.begin(
      BenchLane.Turn(script: measured.script, phase: step.phase, number: step.turn, due: nil))
    pump { lane.finished != nil }
    collect(lane, of: step.measured)
  }

  // MARK: - Under load

  private func load(_ index: Int) {
    for phase in [TurnPhase.cold, .bargeIn] {
      for turn in 0..<counts.of(phase) {
        perform(BenchPlan.Step(measured: index, phase: phase, turn: turn + 1))
      }
    }
    guard !isOver(cases[index].subject) else { return }
    let lanes = (0..<concurrency).map { lane($0, of: cases[index].subject) }
    spread(.warmup, over: lanes, index, turns: lanes.map { _ in counts.warmup }, schedule: nil)
    let pace = interval ?? audioLength(of: outcome.samples[index])
    let schedule = LoadSchedule(lanes: lanes.count, interval: pace)
    outcome.intervals[index] = pace
    spread(
      .warm, over: lanes, index,
      turns: lanes.indices.map { schedule.turns(lane: $0, of: counts.warm) }, schedule: schedule)
  }

  /// How long a listener would hear a turn.
  private func audioLength(of samples: [TurnSample]) -> Duration {
    let seconds = samples.filter { $0.phase == .warmup && $0.failure == nil }.map(\.audioSeconds)
    return .seconds(seconds.max() ?? 1)
  }

  private func spread(
    _ phase: TurnPhase, over lanes: [BenchLane], _ index: Int, turns: [Int],
    schedule: LoadSchedule?
  ) {
    let total = turns.reduce(0, +)
    let begin = clock.now + .milliseconds(20)
    var started = lanes.map { _ in 0 }
    var number = 0
    func due(_ lane: Int) -> ContinuousClock.Instant? {
      guard lanes[lane].isIdle, started[lane] < turns[lane], !isOver(cases[index].subject) else {
        return nil
      }
      return schedule.map { begin + $0.start(lane: lane, turn: started[lane]) } ?? clock.now
    }
    func beginWhatIsDue() {
      for lane in lanes.indices {
        guard let due = due(lane), due <= clock.now else { continue }
        started[lane] += 1
        number += 1
        lanes[lane].begin(
          BenchLane.Turn(
            script: cases[index].script, phase: phase, number: number,
            due: schedule == nil ? nil : due))
      }
    }
    while outcome.signal == nil {
      for lane in lanes where lane.finished != nil {
        collect(lane, of: index)
        tell(index, phase, done: outcome.samples[index].count { $0.phase == phase }, of: total)
      }
      beginWhatIsDue()
      let next = lanes.indices.compactMap(due).min()
      if lanes.allSatisfy({ $0.isIdle && $0.finished == nil }) && next == nil { return }
      step(until: next)
    }
  }

  // MARK: - The loop

  private func isOver(_ subject: Int) -> Bool {
    outcome.signal != nil
      || !hasSucceeded[subject] && failuresInRow[subject] >= Self.mostFailures
  }

  private func lane(_ index: Int, of subject: Int) -> BenchLane {
    while lanesOf[subject].count <= index {
      let lane = BenchLane(
        number: lanes.count, label: lanesOf[subject].count + 1, subject: subjects[subject],
        inbox: inbox, clock: clock, speakers: speakers, start: start)
      lanes.append(lane)
      lanesOf[subject].append(lane)
    }
    return lanesOf[subject][index]
  }

  private func pump(until isDone: () -> Bool) {
    while outcome.signal == nil && !isDone() { step(until: nil) }
  }

  /// Waits for the next thing to happen, and lets it.
  private func step(until due: ContinuousClock.Instant?) {
    let deadline = ([due] + lanes.map(\.deadline)).compactMap(\.self).min()
    if clock.wait(for: inbox.descriptor, until: deadline) {
      for event in inbox.drain() { handle(event) }
    }
    for lane in lanes { lane.tick() }
  }

  private func handle(_ event: BenchEvent) {
    switch event {
    case .engine(_, _, _, let lane), .link(_, _, let lane, _): lanes[lane].receive(event)
    case .signal(let number): outcome.signal = number
    }
  }

  private func collect(_ lane: BenchLane, of index: Int) {
    guard let (sample, failure) = lane.takeFinished() else { return }
    let subject = cases[index].subject
    outcome.samples[index].append(sample)
    if let failure {
      failuresInRow[subject] += 1
      if outcome.failures[subject] == nil { outcome.failures[subject] = failure }
    } else {
      failuresInRow[subject] = 0
      hasSucceeded[subject] = true
    }
  }

  private func tell(_ measured: Int, _ phase: TurnPhase, done: Int, of total: Int? = nil) {
    progress(
      Progress(measured: measured, phase: phase, done: done, total: total ?? counts.of(phase)))
  }
}

extension BenchReport.Planned {
  fileprivate func of(_ phase: TurnPhase) -> Int {
    switch phase {
    case .cold: cold
    case .warmup: warmup
    case .warm: warm
    case .bargeIn: bargeIn
    }
  }
}
