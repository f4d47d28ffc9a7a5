/// The report's turns, one a line; times in milliseconds, an empty cell is unknown.
package enum ReportCSV {
  private typealias Column = (name: String, value: (BenchCase, TurnSample) -> String)

  private static let perTurn: [Metric] = [
    .connect, .firstSoundCold, .startDelay, .firstByte, .firstByteAfterSentence, .firstSound,
    .leadingSilence, .heard, .firstSoundServer, .realTimeFactor, .realTimeFactorServer,
    .cancelAcknowledged, .cancelLastFrame,
  ]

  private static var columns: [Column] {
    var columns: [Column] = [
      ("engine", { measured, _ in measured.conditions.engine }),
      ("strategy", { measured, _ in measured.conditions.strategy.rawValue }),
      ("phase", { _, turn in turn.phase.rawValue }),
      ("turn", { _, turn in "\(turn.turn)" }),
      ("lane", { _, turn in "\(turn.lane)" }),
      ("start", { _, turn in number(turn.start) }),
    ]
    columns += perTurn.map { metric in
      (metric.rawValue, { _, turn in turn.values(of: metric).first.map(number) ?? "" })
    }
    columns += [
      ("duration", { _, turn in turn.duration.map(number) ?? "" }),
      ("audio_seconds", { _, turn in number(turn.audioSeconds) }),
      ("frames", { _, turn in "\(turn.frames)" }),
    ]
    columns += Playout.cushions.enumerated().map { index, cushion in
      (
        "late_\(Figures.shortest(cushion))",
        { _, turn in
          turn.lateFrames.indices.contains(index) ? "\(turn.lateFrames[index])" : ""
        }
      )
    }
    columns.append(("failure", { _, turn in turn.failure ?? "" }))
    return columns
  }

  package static func text(_ report: BenchReport) -> String {
    let columns = columns
    var lines = [columns.map { cell($0.name) }.joined(separator: ",")]
    for measured in report.cases {
      for turn in measured.turns {
        lines.append(columns.map { cell($0.value(measured, turn)) }.joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func number(_ value: Double) -> String { "\(value)" }

  /// Source: RFC 4180, section 2; line ends are single.
  private static func cell(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    let doubled = text.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    return "\"" + doubled + "\""
  }
}
