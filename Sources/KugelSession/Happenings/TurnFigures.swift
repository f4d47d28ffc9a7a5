import KugelWire

/// What one turn came to.
package struct TurnFigures: Equatable, Sendable {
  package enum Reason: String, CaseIterable, Sendable {
    case complete, empty, cancelled, failed
    /// It has not ended.
    case open
  }

  package let turn: Int
  package var reason: Reason
  package var timeToFirstAudio: Duration?
  package var timeToFirstSound: Duration?
  /// Received.
  package var samples: Int
  /// Hz, 0 without audio.
  package var rate: Int
  /// Unicode scalars sent.
  package var characters: Int
  package var gaps: Int
  package var segments: Int
  /// As the service states it; nil is unknown.
  package var usage: Usage?
  package var final: FinalStatistics?
  /// As the service states it.
  package var making: TurnReport.Making?
  package var heard: HeardText?
  /// What the service said it speaks.
  package var spokenText: String

  package init(_ turn: SpokenTurn, _ report: TurnReport) {
    self.turn = turn.number
    reason = turn.cut == nil ? Reason(report.ending) : .cancelled
    timeToFirstAudio = turn.timeToFirstAudio
    timeToFirstSound = turn.firstSound?.after
    samples = report.audioSamples
    rate = report.audioRate
    characters = report.characters
    gaps = turn.gaps
    segments = report.segments
    usage = report.usage
    final = report.final
    making = report.making
    heard = turn.cut
    spokenText = turn.segments.map(\.text).joined(separator: " ")
  }

  /// As far as a turn has come that has not ended.
  package init(_ turn: SpokenTurn) {
    var report = TurnReport(turn: turn.number)
    report.audioSamples = turn.samples
    report.audioRate = turn.rate
    report.characters = turn.characters
    report.segments = turn.segments.count
    self.init(turn, turn.report ?? report)
    if turn.report == nil && turn.cut == nil { reason = .open }
  }

  package var audioSeconds: Double { rate == 0 ? 0 : Double(samples) / Double(rate) }
}

extension TurnFigures.Reason {
  init(_ ending: TurnReport.Ending) {
    self =
      switch ending {
      case .complete: .complete
      case .empty: .empty
      case .cancelled: .cancelled
      case .failed: .failed
      }
  }
}
