import TestSupport
import Testing

@testable import KugelClient
@testable import KugelMeasure
@testable import KugelWire

/// Every kind of thing that a report can hold, against `Tests/Schemas/bench.schema.json`.
@Suite struct BenchSchemaTests {
  private func report() throws -> BenchReport {
    let bench = try ScriptedBench()
    var delays = Delays()
    delays.stray = 5
    let outcome = try bench.run(
      [bench.subject { $0 == 7 ? nil : delays }],
      counts: planned(warm: 25, warmup: 1, cold: 3, bargeIn: 2),
      script: TurnScript(text: "One two. Three four.", strategy: .sentence, pace: 50))
    var conditions = BenchConditions(
      engine: "kugel", place: .network, voice: "1071", textName: "short", text: "x",
      strategy: .sentence)
    (conditions.label, conditions.address, conditions.region) = ("kugel:1071", "a:443", "eu")
    (conditions.model, conditions.language, conditions.pitch) = ("kugel-3", "en", 40)
    (conditions.pace, conditions.interval, conditions.playback) = (50, 500, "default")
    var turns = outcome.samples[0]
    for index in turns.indices {
      turns[index].connectParts = ConnectTimes(name: 1, tcp: 2, tls: 3, upgrade: 4)
      (turns[index].heard, turns[index].startDelay) = (200, 1)
      (turns[index].firstSoundServer, turns[index].realTimeFactorServer) = (46, 0.1)
      turns[index].segments = [
        TurnSample.Segment(characters: 3, firstByte: 1.5, audioSeconds: 2, serverTime: 0.1)
      ]
    }
    var report = BenchReport(
      environment: BenchReport.Environment(
        kugel: "0.0", began: "2024-05-17T10:00:00Z", machine: "a machine", cores: 2,
        system: "Linux"),
      planned: planned(warm: 25, warmup: 1, cold: 3, bargeIn: 2),
      cases: [BenchCase(conditions: conditions, turns: turns)])
    report.addIntervals()
    report.warnings = BenchWarning.of(report)
    report.comparison = try BenchComparison(of: report, with: report, unlike: false)
    return report
  }

  @Test func `what is written keeps to the schema`() throws {
    let value = try JSONTree(ReportJSON.text(try report()).utf8)
    #expect(try JSONSchema.bench().faults(ofWhole: value) == [])
  }

  @Test func `a report has every member that the schema knows`() throws {
    let value = try JSONTree(ReportJSON.text(try report()).utf8)
    let turns = value["cases"]?.array?.first?["turns"]?.array ?? []
    let written = Set(turns.flatMap { $0.object?.keys.map { $0 } ?? [] })
    #expect(written == (try JSONSchema.bench().members(of: "turn")))
    #expect(value["comparison"]?["rows"]?.array?.isEmpty == false)
    #expect(value["cases"]?.array?.first?["failures"]?.array?.count == 1)
    let conditions = value["cases"]?.array?.first?["conditions"]?.object?.keys.map { $0 }
    #expect(Set(conditions ?? []) == (try JSONSchema.bench().members(of: "conditions")))
  }

  @Test func `what is not in the schema is found`() throws {
    let text = ReportJSON.text(try report())
    for (member, other) in [
      ("\"first_sound\"", "\"first_sund\""), ("\"phase\" : \"warm\"", "\"phase\" : \"tepid\""),
      ("\"n\" : ", "\"n\" : -"), ("\"schema\" : 1", "\"schema\" : 2"),
    ] {
      let broken = text.replacing(member, with: other)
      #expect(broken != text)
      let faults = try JSONSchema.bench().faults(ofWhole: JSONTree(broken.utf8))
      #expect(!faults.isEmpty, "\(other)")
    }
  }
}
