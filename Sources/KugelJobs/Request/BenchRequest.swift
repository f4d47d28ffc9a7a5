import KugelMeasure

/// Everything `kugel bench` was asked to do, checked as far as that needs no service.
package struct BenchRequest: Equatable, Sendable {
  package enum Text: Equatable, Sendable {
    case builtIn(BenchText)
    /// A path; `-` is standard input.
    case file(String)
  }

  /// One for each service that is measured; what they speak is `text`.
  package var subjects: [SpeechRequest] = []
  /// Indices of subjects in this program that are put behind a socket.
  package var served: Set<Int> = []
  /// What tells subjects apart that have the same engine; else nil.
  package var labels: [String?] = []
  package var strategies = [Strategy.full]
  package var text = Text.builtIn(.short)
  /// Tokens a second.
  package var pace = 50.0
  package var counts = BenchReport.Planned(warm: 20, warmup: 2, cold: 3, bargeIn: 0)
  package var concurrency = 1
  /// Between two starts on one connection.
  package var interval: Duration?

  /// nil: nothing is played.
  package var speakers: SpeakerOutput?

  /// Paths; `-` is standard output.
  package var json: String?
  package var csv: String?
  package var svg: String?
  package var plot = false
  package var overwrite = false
  /// The path of an older report.
  package var compare: String?
  package var comparesUnlike = false
  package var limits: [BenchLimit] = []
  /// Numbers of warnings that are not wanted.
  package var silenced: Set<Int> = []
  package var verbosity = Verbosity.normal

  package init() {}

  /// What takes standard output from the table.
  package var standardOutput: [String] {
    [("--json", json), ("--csv", csv), ("--svg", svg)].filter { $0.1 == "-" }.map(\.0)
  }
}
