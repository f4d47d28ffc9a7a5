import Glibc
import KugelClient
import KugelMeasure
import KugelSystem

/// What `bench` does once its request is checked.
package enum BenchJob {
  package static func run(_ request: BenchRequest, in host: Host) throws -> ExitStatus {
    for subject in request.subjects {
      LocalEngine.prepare(subject.engine, voice: subject.voice, language: subject.language)
    }
    return try measure(request, in: host) { inbox in
      try Interruption.watch { inbox.post(.signal($0)) }
    }
  }

  /// - Parameter watch: lets signals be posted from now on.
  package static func measure(
    _ request: BenchRequest, in host: Host, watch: (Inbox<RunEvent>) throws -> Void
  ) throws -> ExitStatus {
    let inbox = try Inbox<RunEvent>()
    try watch(inbox)
    try request.refuseSharedFiles(in: host)
    let (name, text) = try BenchInput.text(of: request, in: host)
    let older = try request.compare.map { try BenchInput.report($0, in: host) }
    for path in request.files { try BenchOutput.check(path, overwrite: request.overwrite) }
    let subjects = try request.subjects.enumerated().map { index, subject in
      try BenchSubjects.make(
        subject, served: request.served.contains(index), concurrency: request.concurrency, in: host)
    }
    defer { for subject in subjects { subject.end() } }

    let speakers = try request.speakers.map { try BenchPlayback($0, for: subjects) }
    defer { speakers?.end() }

    var conditions: [BenchConditions] = []
    var cases: [BenchPart.Case] = []
    for (index, subject) in subjects.enumerated() {
      for strategy in request.strategies {
        var condition = subject.conditions(request, textName: name, text: text, strategy: strategy)
        condition.label = request.labels.indices.contains(index) ? request.labels[index] : nil
        condition.playback = speakers?.description
        conditions.append(condition)
        cases.append(
          BenchPart.Case(
            subject: index,
            script: TurnScript(
              text: text, strategy: strategy, pace: request.pace, language: subject.language)))
      }
    }
    var report = BenchReport(
      environment: .ours(kugel: Release.version), planned: request.counts,
      cases: conditions.map { BenchCase(conditions: $0, turns: []) })
    // Better now than when all is measured.
    if let older { _ = try compared(report, older, request) }

    let progress = BenchProgress(conditions: conditions, request: request, host: host)
    var setup = BenchPart.Setup(
      subjects: subjects.map(\.subject), cases: cases, counts: request.counts)
    setup.concurrency = request.concurrency
    setup.interval = request.interval
    setup.progress = { progress.tell($0) }
    var run = RunSetup(
      inbox: inbox, outputs: OutputSet([], playback: speakers?.playback, capacity: .infinity))
    run.clock = ExactClock()
    let outcome = try BenchPart.perform(setup, in: run)
    progress.end()

    for index in cases.indices {
      conditions[index].interval = outcome.intervals[index].map { $0 / .milliseconds(1) }
    }
    report.cases = conditions.indices.map {
      BenchCase(conditions: conditions[$0], turns: outcome.samples[$0])
    }
    report.interrupted = outcome.signal != nil
    report.slept = outcome.slept / .milliseconds(1)
    if let older { report.comparison = try compared(report, older, request) }
    report.warnings = BenchWarning.of(report, silenced: request.silenced)
    return try end(report, outcome, subjects, request, host)
  }

  private static func compared(
    _ report: BenchReport, _ older: BenchReport, _ request: BenchRequest
  ) throws(UserError) -> BenchComparison {
    do {
      return try BenchComparison(of: report, with: older, unlike: request.comparesUnlike)
    } catch {
      let shown = error.differences.prefix(3).joined(separator: "\n  ")
      throw .usage(
        "\(request.compare ?? "") was measured under other conditions:\n  \(shown)",
        hint: "Measure under the same ones, or compare all the same with --unlike.")
    }
  }

  private static func end(
    _ report: BenchReport, _ outcome: BenchPart.Outcome, _ subjects: [BenchSubjects.Made],
    _ request: BenchRequest, _ host: Host
  ) throws -> ExitStatus {
    let completed = report.cases.flatMap(\.turns).contains { $0.failure == nil }
    if completed {
      var report = report
      if request.json != nil { report.addIntervals() }
      try BenchOutput.write(report, request, in: host)
      if request.verbosity != .quiet { for warning in report.warnings { host.tell(warning.line) } }
    }
    if let signal = outcome.signal { return ExitStatus(rawValue: 128 + signal) ?? .interrupted }
    let failures = zip(subjects, outcome.failures).compactMap { subject, failure in
      failure.map { (subject, $0) }
    }
    if !completed, let (subject, failure) = failures.first { throw subject.explain(failure) }
    for (subject, failure) in failures {
      host.tell(
        "kugel: the engine \(subject.engine) gave no turn: "
          + UserError(telling: subject.explain(failure)).message)
    }
    if completed, report.isSilent { throw UserError.nothingHeard }
    let isWithinLimits = judge(report, request.limits, host)
    if let error = outcome.sinkErrors.first { throw error }
    return isWithinLimits && report.failures == 0 ? .done : .partial
  }

  /// - Returns: whether every limit was kept.
  private static func judge(_ report: BenchReport, _ limits: [BenchLimit], _ host: Host) -> Bool {
    var isKept = true
    for limit in limits {
      switch limit.verdict(on: report) {
      case .kept: continue
      case .broken(let reasons):
        for reason in reasons { host.tell("kugel: \(limit.text): \(reason)") }
      case .unknown(let reasons):
        for reason in reasons { host.tell("kugel: \(limit.text): \(reason)") }
      }
      isKept = false
    }
    return isKept
  }
}

extension BenchRequest {
  /// Paths that will be written.
  package var files: [String] { [json, csv, svg].compactMap(\.self).filter { $0 != "-" } }
}
