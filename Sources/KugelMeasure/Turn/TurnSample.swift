import KugelWire

/// What one turn gave; times in milliseconds. A failed turn has none of them, and its cause.
package struct TurnSample: Codable, Equatable, Sendable {
  /// A flushed piece of the text, from its first send to the first frame that speaks it.
  package struct Piece: Codable, Equatable, Sendable {
    package var characters: Int
    package var firstByte: Double?
  }

  /// A part of the text that the service said it would speak now.
  package struct Segment: Codable, Equatable, Sendable {
    package var characters: Int
    package var firstByte: Double?
    /// Seconds, as the service states it.
    package var audioSeconds: Double?
    /// As the service states it.
    package var serverTime: Double?
  }

  package var phase: TurnPhase
  /// Counts from 1 within its case and phase.
  package var turn: Int
  /// Which of the connections that were open at once, from 1.
  package var lane = 1
  /// When its clock started, since the run began.
  package var start = 0.0
  package var failure: String?

  package var connect: Double?
  package var connectParts: ConnectTimes?

  /// How much later than intended the first send was; nil without a schedule.
  package var startDelay: Double?
  package var firstByte: Double?
  package var firstByteAfterSentence: Double?
  package var firstSound: Double?
  package var firstSoundCold: Double?
  package var leadingSilence: Double?
  package var heard: Double?
  package var firstSoundServer: Double?
  package var realTimeFactor: Double?
  package var realTimeFactorServer: Double?
  package var cancelAcknowledged: Double?
  package var cancelLastFrame: Double?
  /// From the first send to the last answer.
  package var duration: Double?

  /// Seconds.
  package var audioSeconds = 0.0
  /// Hz; 0 without audio.
  package var sampleRate = 0
  package var frames = 0
  package var frameGaps: [Double] = []
  /// Frames that came too late, for each of `Playout.cushions`.
  package var lateFrames: [Int] = []
  package var pieces: [Piece] = []
  package var segments: [Segment] = []

  package init(phase: TurnPhase, turn: Int) {
    self.phase = phase
    self.turn = turn
  }

  /// What the turn says about a metric, whatever its phase.
  package func values(of metric: Metric) -> [Double] {
    guard failure == nil else { return [] }
    return switch metric {
    case .connect: one(connect)
    case .connectName: one(connectParts?.name)
    case .connectTCP: one(connectParts?.tcp)
    case .connectTLS: one(connectParts?.tls)
    case .connectUpgrade: one(connectParts?.upgrade)
    case .firstSoundCold: one(firstSoundCold)
    case .firstByte: one(firstByte)
    case .firstByteAfterSentence: one(firstByteAfterSentence)
    case .firstSound: one(firstSound)
    case .leadingSilence: one(leadingSilence)
    case .heard: one(heard)
    case .firstSoundServer: one(firstSoundServer)
    case .pieceFirstByte: pieces.count > 1 ? pieces.compactMap(\.firstByte) : []
    case .segmentFirstByte: segments.compactMap(\.firstByte)
    case .frameGap: frameGaps
    case .realTimeFactor: one(realTimeFactor)
    case .realTimeFactorServer: one(realTimeFactorServer)
    case .cancelAcknowledged: one(cancelAcknowledged)
    case .cancelLastFrame: one(cancelLastFrame)
    case .startDelay: one(startDelay)
    }
  }

  private func one(_ value: Double?) -> [Double] { value.map { [$0] } ?? [] }
}
