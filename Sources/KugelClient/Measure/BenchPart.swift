import KugelAudio
import KugelMeasure
import KugelSession
import KugelSystem

/// The part of a run that measures what a plan says.
package final class BenchPart: RunPart {
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

  package struct Setup {
    package var subjects: [BenchSubject]
    package var cases: [Case]
    package var counts: BenchReport.Planned
    /// Connections at once; above 1 the warm turns start by a schedule.
    package var concurrency = 1
    /// Between two starts on one connection; nil: as long as the speech of a warm-up takes.
    package var interval: Duration?
    /// Called between turns.
    package var progress: (Progress) -> Void = { _ in }

    package init(subjects: [BenchSubject], cases: [Case], counts: BenchReport.Planned) {
      self.subjects = subjects
      self.cases = cases
      self.counts = counts
    }
  }

  package struct Progress: Equatable, Sendable {
    package var measured: Int
    package var phase: TurnPhase
    /// Turns of the phase that are done, and all there will be.
    package var done: Int
    package var total: Int
  }

  @dynamicMemberLookup
  package struct Outcome {
    package var run = RunOutcome()
    /// The samples of each case, in the order in which they were taken.
    package var samples: [[TurnSample]]
    /// Between the starts of turns, for each case measured under load.
    package var intervals: [Duration?]
    /// The first failure of each subject that never gave a complete turn.
    package var failures: [SessionFailure?]
    /// How long the machine slept meanwhile.
    package var slept = Duration.zero

    package subscript<Value>(dynamicMember path: KeyPath<RunOutcome, Value>) -> Value {
      run[keyPath: path]
    }
  }

  /// A service that fails this often without a single complete turn is not asked again.
  private static let mostFailures = 3

  private let run: Run
  private let setup: Setup
  private var cases: [Case] { setup.cases }
  private var counts: BenchReport.Planned { setup.counts }

  private let start: ContinuousClock.Instant
  private var lanes: [BenchLane] = []
  /// The lanes of each subject.
  private var lanesOf: [[BenchLane]]
  private var outcome: Outcome
  private var hasSucceeded: [Bool]
  private var failuresInRow: [Int]

  /// Blocks until all is measured, or a signal came.
  ///
  /// - Parameter runSetup: where there are speakers every turn is played, one connection at a time.
  package static func perform(
    _ setup: Setup, in runSetup: RunSetup
  ) throws(ThreadError) -> Outcome {
    let run = try Run(runSetup)
    let part = BenchPart(run, setup)
    run.perform(part)
    part.outcome.run = run.outcome
    return part.outcome
  }

  private init(_ run: Run, _ setup: Setup) {
    self.run = run
    self.setup = setup
    start = run.clock.now
    lanesOf = setup.subjects.map { _ in [] }
    hasSucceeded = setup.subjects.map { _ in false }
    failuresInRow = setup.subjects.map { _ in 0 }
    outcome = Outcome(
      samples: setup.cases.map { _ in [] }, intervals: setup.cases.map { _ in nil },
      failures: setup.subjects.map { _ in nil })
  }

  // MARK: - What the run asks and tells

  package var descriptor: CInt { -1 }
  package var deadline: ContinuousClock.Instant? { lanes.compactMap(\.deadline).min() }
  package var hasSaidAll: Bool { wasStopped }
  package var isOver: Bool { lanes.allSatisfy(\.isIdle) }
  package var isBusy: Bool { !isOver }
  package var wantsPosition: Bool { false }

  private var wasStopped: Bool { run.outcome.signal != nil }

  package func begin() {}
  package func work() {}
  package func ready(at now: ContinuousClock.Instant) {}
  package func tick(at now: ContinuousClock.Instant) { for lane in lanes { lane.tick() } }
  // What is measured is the service, whatever becomes of its sound.
  package func hold(_ held: Bool) {}
  package func forgive() {}
  package func played(_ position: Int, at now: ContinuousClock.Instant) {}
  package func silenced(at position: Int, now: ContinuousClock.Instant) {}
  package func ranDry(cushion: Duration, at now: ContinuousClock.Instant) {}
  package func take(_ signal: RunSignal, at now: ContinuousClock.Instant) -> Bool { false }
  package func cancel() {}
  package func giveUp() {}
  package func leave() { for lane in lanes { lane.leave() } }

  package func proceed(in run: Run) {
    let awake = SuspendingClock.now
    let all = ContinuousClock.now
    if setup.concurrency > 1 {
      for index in cases.indices { load(index) }
    } else {
      for step in BenchPlan(cases: cases.count, counts: counts).steps { perform(step) }
    }
    let slept = (ContinuousClock.now - all) - (SuspendingClock.now - awake)
    outcome.slept = slept > .milliseconds(10) ? slept : .zero
    for subject in hasSucceeded.indices where hasSucceeded[subject] {
      outcome.failures[subject] = nil
    }
  }

  // MARK: - One after the other

  private func perform(_ step: BenchPlan.Step) {
    let measured = cases[step.measured]
    guard !isOver(measured.subject) else { return }
    tell(step.measured, step.phase, done: step.turn - 1)
    let lane = lane(0, of: measured.subject)
    lane.begin(
      BenchLane.Turn(script: measured.script, phase: step.phase, number: step.turn, due: nil))
    run.pump { self.wasStopped || lane.finished != nil }
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
    let lanes = (0..<setup.concurrency).map { lane($0, of: cases[index].subject) }
    spread(.warmup, over: lanes, index, turns: lanes.map { _ in counts.warmup }, schedule: nil)
    let pace = setup.interval ?? audioLength(of: outcome.samples[index])
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
    let begin = run.clock.now + .milliseconds(20)
    var started = lanes.map { _ in 0 }
    var number = 0
    func due(_ lane: Int) -> ContinuousClock.Instant? {
      guard lanes[lane].isIdle, started[lane] < turns[lane], !isOver(cases[index].subject) else {
        return nil
      }
      return schedule.map { begin + $0.start(lane: lane, turn: started[lane]) } ?? run.clock.now
    }
    func beginWhatIsDue() {
      for lane in lanes.indices {
        guard let due = due(lane), due <= run.clock.now else { continue }
        started[lane] += 1
        number += 1
        lanes[lane].begin(
          BenchLane.Turn(
            script: cases[index].script, phase: phase, number: number,
            due: schedule == nil ? nil : due))
      }
    }
    while !wasStopped {
      for lane in lanes where lane.finished != nil {
        collect(lane, of: index)
        tell(index, phase, done: outcome.samples[index].count { $0.phase == phase }, of: total)
      }
      beginWhatIsDue()
      let next = lanes.indices.compactMap(due).min()
      if lanes.allSatisfy({ $0.isIdle && $0.finished == nil }) && next == nil { return }
      run.step(until: next)
    }
  }

  // MARK: - Lanes

  private func isOver(_ subject: Int) -> Bool {
    wasStopped || !hasSucceeded[subject] && failuresInRow[subject] >= Self.mostFailures
  }

  private func lane(_ index: Int, of subject: Int) -> BenchLane {
    while lanesOf[subject].count <= index {
      let lane = BenchLane(
        number: lanes.count, label: lanesOf[subject].count + 1, subject: setup.subjects[subject],
        run: run, start: start)
      run.connect(lane, number: lanes.count)
      lanes.append(lane)
      lanesOf[subject].append(lane)
    }
    return lanesOf[subject][index]
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
    setup.progress(
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
