/// What a reader should know before quoting a figure. The number is for silencing it.
package struct BenchWarning: Codable, Equatable, Sendable {
  package enum Kind: Int, CaseIterable, Codable, Sendable {
    case tooFewTurns = 1
    case loopback = 2
    case slowFirstTurn = 3
    case outliers = 4
    case serverSilent = 5
    case slept = 6
    case failures = 7
    case nothingToCancel = 8
    case lateStarts = 9

    /// A fragment without a stop.
    package var meaning: String {
      switch self {
      case .tooFewTurns: "too few turns for p95"
      case .loopback: "the service is on this machine"
      case .slowFirstTurn: "the first warm turn was much slower than the rest"
      case .outliers: "some turns were far from the rest"
      case .serverSilent: "the service reports no time of its own"
      case .slept: "the machine slept while measuring"
      case .failures: "some turns failed"
      case .nothingToCancel: "turns were over before they could be cancelled"
      case .lateStarts: "turns started later than the schedule says"
      }
    }
  }

  package var number: Int
  package var text: String
  package var nextStep: String

  init(_ kind: Kind, _ text: String, next nextStep: String) {
    number = kind.rawValue
    self.text = text
    self.nextStep = nextStep
  }

  /// As it is told, on one line.
  package var line: String { "warning \(number): \(text). \(nextStep)." }

  /// - Parameter silenced: numbers that nobody wants to hear of.
  package static func of(_ report: BenchReport, silenced: Set<Int> = []) -> [BenchWarning] {
    let several = report.cases.count > 1
    var warnings: [BenchWarning] = report.cases.flatMap { measured in
      of(measured, planned: report.planned, named: several ? " (\(measured.conditions.name))" : "")
    }
    if report.slept > 0 {
      warnings.append(
        BenchWarning(
          .slept, "the machine slept for \(Figures.time(report.slept)) meanwhile",
          next: "Measure again"))
    }
    return warnings.filter { !silenced.contains($0.number) }
  }

  private static func of(
    _ measured: BenchCase, planned: BenchReport.Planned, named name: String
  ) -> [BenchWarning] {
    [
      tooFew(measured, planned, name), loopback(measured, name), slowFirst(measured, name),
      outliers(measured, name), serverSilent(measured, name), failures(measured, name),
      nothingToCancel(measured, name), lateStarts(measured, name),
    ].compactMap(\.self)
  }

  private static func tooFew(
    _ measured: BenchCase, _ planned: BenchReport.Planned, _ name: String
  ) -> BenchWarning? {
    let count = measured.completed(in: .warm).count
    let needed = ShownPercentile.p95.leastTurns
    guard planned.warm > 0, count < needed else { return nil }
    return BenchWarning(
      .tooFewTurns, "\(count) warm turns are too few for p95\(name)",
      next: "Measure at least \(needed): -N \(needed)")
  }

  private static func loopback(_ measured: BenchCase, _ name: String) -> BenchWarning? {
    guard measured.conditions.place == .loopback else { return nil }
    return BenchWarning(
      .loopback, "the service is on this machine, no network is in these figures\(name)",
      next: "Say so when you quote them")
  }

  private static func slowFirst(_ measured: BenchCase, _ name: String) -> BenchWarning? {
    let values = measured.completed(in: .warm).compactMap(\.firstSound)
    guard values.count >= 5, let rest = NearestRank.percentile(50, of: Array(values.dropFirst())),
      values[0] > 2 * rest, values[0] - rest >= 1
    else { return nil }
    return BenchWarning(
      .slowFirstTurn,
      "the first warm turn took \(Figures.time(values[0])) to its first sound, the others "
        + "\(Figures.time(rest))\(name)",
      next: "Give it more warm-ups: --warmup 5")
  }

  private static func outliers(_ measured: BenchCase, _ name: String) -> BenchWarning? {
    let values = measured.completed(in: .warm).compactMap(\.firstSound)
    guard values.count >= 10 else { return nil }
    let found = Outliers.indices(in: values, least: 1)
    guard let worst = found.map({ values[$0] }).max() else { return nil }
    return BenchWarning(
      .outliers,
      "\(found.count) of \(values.count) turns are far from the others in first sound, up to "
        + "\(Figures.time(worst))\(name)",
      next: "Close what else is running and measure again; if they stay, quote p95 too")
  }

  private static func serverSilent(_ measured: BenchCase, _ name: String) -> BenchWarning? {
    let heard = measured.completed(in: .warm)
    guard measured.conditions.place != .inProcess, !heard.isEmpty,
      heard.allSatisfy({ $0.firstSoundServer == nil })
    else { return nil }
    return BenchWarning(
      .serverSilent, "the service reports no first sound of its own\(name)",
      next: "Quote the figures as end-to-end only")
  }

  private static func failures(_ measured: BenchCase, _ name: String) -> BenchWarning? {
    guard measured.failedTurns > 0 else { return nil }
    let causes = measured.failures.map { "\($0.count) × \($0.cause)" }.joined(separator: "; ")
    return BenchWarning(
      .failures,
      "\(measured.failedTurns) of \(measured.turns.count) turns failed and are in no figure: "
        + "\(causes)\(name)",
      next: "Look at one of them with: kugel say -V -e \(measured.conditions.engine) Hello")
  }

  private static func nothingToCancel(_ measured: BenchCase, _ name: String) -> BenchWarning? {
    let turns = measured.completed(in: .bargeIn)
    let missed = turns.filter { $0.cancelAcknowledged == nil }.count
    guard missed > 0 else { return nil }
    return BenchWarning(
      .nothingToCancel,
      "\(missed) of \(turns.count) turns were over before they could be cancelled\(name)",
      next: "Take a longer text: --text long")
  }

  private static func lateStarts(_ measured: BenchCase, _ name: String) -> BenchWarning? {
    let delays = measured.completed(in: .warm).compactMap(\.startDelay)
    let late = delays.filter { $0 > 5 }
    guard !late.isEmpty, let worst = late.max() else { return nil }
    return BenchWarning(
      .lateStarts,
      "\(late.count) of \(delays.count) turns started up to \(Figures.time(worst)) late, because the "
        + "turn before was not done; their wait is counted\(name)",
      next: "Use fewer connections, or a longer --every")
  }
}
