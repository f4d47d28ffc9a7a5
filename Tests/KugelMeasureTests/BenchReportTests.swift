import Testing

@testable import KugelMeasure
@testable import KugelWire

@Suite struct BenchReportTests {
  @Test func `a longer tail moves p99 and leaves p50`() throws {
    let even = Reports.spread(around: 130)
    var tailed = even
    for index in even.indices.filter({ even[$0] > 139 }).prefix(2) { tailed[index] += 500 }
    let find = { (report: BenchCase) in report.metrics.first { $0.metric == .firstSound } }
    let before = try #require(find(Reports.measured(even)))
    let after = try #require(find(Reports.measured(tailed)))
    let (p50, p99) = (try #require(after.p50), try #require(after.p99))
    #expect(abs(p50 - (before.p50 ?? 0)) < 1)
    #expect(p99 > (before.p99 ?? 0) + 400)
  }

  @Test func `failed turns are counted by cause and are in no figure`() throws {
    var measured = Reports.measured([100, 110, 120])
    for (index, cause) in ["broke", "refused", "refused"].enumerated() {
      var turn = TurnSample(phase: .warm, turn: 4 + index)
      turn.failure = cause
      turn.firstByte = 1
      measured.turns.append(turn)
    }
    measured.summarise()
    #expect(
      measured.failures == [
        FailureCount(cause: "refused", count: 2), FailureCount(cause: "broke", count: 1),
      ])
    #expect(measured.metrics.first { $0.metric == .firstByte }?.n == 3)
    #expect(Reports.report([measured]).failures == 3)
  }

  @Test func `cold and warm are never mixed`() {
    var cold = TurnSample(phase: .cold, turn: 1)
    cold.connect = 400
    cold.firstByte = 90
    cold.firstSound = 95
    cold.firstSoundCold = 495
    let measured = BenchCase(
      conditions: Reports.conditions(), turns: [cold] + Reports.turns([130, 131]))
    #expect(measured.groups(of: .firstSound) == [[130], [131]])
    #expect(measured.groups(of: .firstSoundCold) == [[495]])
  }

  @Test func `what is written is read again`() throws {
    var measured = Reports.measured(Reports.spread(around: 130, count: 25))
    measured.turns[0].connectParts = ConnectTimes(name: 1, tcp: 2, tls: 3, upgrade: 4)
    measured.turns[0].pieces = [TurnSample.Piece(characters: 3, firstByte: nil)]
    measured.turns[0].segments = [
      TurnSample.Segment(characters: 3, firstByte: 1.5, audioSeconds: 2, serverTime: 0.1)
    ]
    measured.summarise()
    var report = Reports.report([measured])
    report.warnings = BenchWarning.of(report)
    report.comparison = try BenchComparison(of: report, with: report, unlike: false)
    let read = try ReportJSON.read(ReportJSON.text(report))
    #expect(read.cases[0].turns == report.cases[0].turns)
    #expect(read.cases[0].metrics == report.cases[0].metrics)
    #expect(read.cases[0].conditions == report.cases[0].conditions)
    #expect(read.comparison == report.comparison)
    #expect(read == report)
  }

  @Test(arguments: [
    ("", ReportJSON.ReadError.notAReport("it has no schema number")),
    ("[]", .notAReport("it has no schema number")),
    ("{\"schema\":2}", .schema(2)),
    ("{\"schema\":1}", .notAReport("wrong at environment")),
  ])
  func `what is no report is refused with its place`(text: String, error: ReportJSON.ReadError) {
    #expect(throws: error) { try ReportJSON.read(text) }
  }

  @Test func `the table has a line for each turn, and quotes what needs it`() {
    var measured = Reports.measured([100, 200])
    measured.turns[1].failure = "said \"no\", twice"
    let lines = ReportCSV.text(Reports.report([measured])).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("engine,strategy,phase,turn,lane,start,connect,"))
    #expect(lines[1].hasPrefix("kugel,full,warm,1,1,0.0,,,,90.0,,100.0,10.0,"))
    #expect(lines[2].hasSuffix(",\"said \"\"no\"\", twice\""))
    let commas = lines[0].filter { $0 == "," }.count
    #expect(lines[1].filter { $0 == "," }.count == commas)
  }
}

@Suite struct BenchWarningTests {
  private func numbers(_ report: BenchReport, silenced: Set<Int> = []) -> [Int] {
    BenchWarning.of(report, silenced: silenced).map(\.number)
  }

  @Test func `a good run has nothing to warn of`() {
    #expect(numbers(Reports.report([Reports.measured(Reports.spread(around: 130))])) == [])
  }

  @Test func `each warning has its number, and can be silenced by it`() {
    var conditions = Reports.conditions(place: .loopback)
    conditions.concurrency = 2
    var measured = Reports.measured(
      [900] + [Double](repeating: 100, count: 10) + [400], conditions: conditions, server: false)
    measured.turns[3].startDelay = 80
    measured.turns[4].failure = "broke"
    measured.turns.append(TurnSample(phase: .bargeIn, turn: 1))
    measured.summarise()
    var report = Reports.report([measured])
    report.slept = 2000
    #expect(numbers(report) == [1, 2, 3, 4, 5, 7, 8, 9, 6])
    #expect(Set(numbers(report)) == Set(BenchWarning.Kind.allCases.map(\.rawValue)))
    #expect(numbers(report, silenced: [2, 3, 4, 5, 6, 7]) == [1, 8, 9])
    for warning in BenchWarning.of(report) {
      #expect(!warning.nextStep.isEmpty && !warning.nextStep.hasSuffix("."))
    }
  }

  @Test func `in this process there is no network to warn of, and no server to report`() {
    let measured = Reports.measured(
      Reports.spread(around: 2, by: 0.1), conditions: Reports.conditions(place: .inProcess),
      server: false)
    #expect(numbers(Reports.report([measured])) == [])
  }

  @Test func `differences below a millisecond are no outliers and no slow start`() {
    let values = [0.9] + [Double](repeating: 0.1, count: 30) + [0.8]
    #expect(numbers(Reports.report([Reports.measured(values)])) == [])
  }
}

@Suite struct BenchComparisonTests {
  private func verdicts(_ now: [Double], _ before: [Double]) throws -> [String: String] {
    let comparison = try BenchComparison(
      of: Reports.report([Reports.measured(now)]),
      with: Reports.report([Reports.measured(before)]), unlike: false)
    let rows = comparison.rows.filter { $0.metric == .firstSound }
    return Dictionary(
      uniqueKeysWithValues: rows.map { ($0.percentile.rawValue, $0.verdict.rawValue) })
  }

  @Test func `a clear change is told, and chance is not`() throws {
    let base = Reports.spread(around: 130)
    let slower = base.map { $0 + 15 }
    #expect(try verdicts(slower, base) == ["p50": "slower", "p95": "slower"])
    #expect(try verdicts(base, slower) == ["p50": "faster", "p95": "faster"])
    #expect(try verdicts(base, base.reversed()) == ["p50": "no evidence", "p95": "no evidence"])
  }

  @Test func `a change of the tail is one of p95 alone`() throws {
    let base = Reports.spread(around: 130)
    let tailed = base.enumerated().map { $0 % 10 == 0 ? $1 + 400 : $1 }
    #expect(try verdicts(tailed, base) == ["p50": "no evidence", "p95": "slower"])
  }

  @Test func `19 turns are compared by p50 only`() throws {
    let few = Reports.spread(around: 130, count: 19)
    #expect(try verdicts(few, few).keys.sorted() == ["p50"])
  }

  @Test func `what is unlike is refused with the difference named, unless forced`() throws {
    let now = Reports.report([Reports.measured([1, 2, 3])])
    var other = Reports.conditions(place: .loopback)
    other.voice = "1072"
    other.textHash = "0"
    other.language = "de"
    let before = Reports.report([Reports.measured([1, 2, 3], conditions: other)])
    let differences = [
      "kugel, full: place: loopback then, network now",
      "kugel, full: voice: 1072 then, 1071 now",
      "kugel, full: language: de then, none now",
      "kugel, full: text: another text called short",
    ]
    #expect(throws: BenchComparison.Refusal(differences: differences)) {
      try BenchComparison(of: now, with: before, unlike: false)
    }
    let forced = try BenchComparison(of: now, with: before, unlike: true)
    #expect(forced.differences == differences)
    #expect(!forced.rows.isEmpty)
  }

  @Test func `a run without a common case is refused`() {
    let now = Reports.report([Reports.measured([1, 2])])
    let before = Reports.report([
      Reports.measured([1, 2], conditions: Reports.conditions(engine: "espeak"))
    ])
    #expect(
      throws: BenchComparison.Refusal(differences: ["cases: espeak, full then, kugel, full now"])
    ) {
      try BenchComparison(of: now, with: before, unlike: false)
    }
  }
}
