/// Everything `kugel bench` measures, by the names that `--json` and `--fail-if` use.
package enum Metric: String, CaseIterable, Codable, Sendable {
  case connect
  case connectName = "connect_name"
  case connectTCP = "connect_tcp"
  case connectTLS = "connect_tls"
  case connectUpgrade = "connect_upgrade"
  case firstSoundCold = "first_sound_cold"
  case firstByte = "first_byte"
  case firstByteAfterSentence = "first_byte_after_sentence"
  case firstSound = "first_sound"
  case leadingSilence = "leading_silence"
  case heard
  case firstSoundServer = "first_sound_server"
  case pieceFirstByte = "piece_first_byte"
  case segmentFirstByte = "segment_first_byte"
  case frameGap = "frame_gap"
  case realTimeFactor = "real_time_factor"
  case realTimeFactorServer = "real_time_factor_server"
  case cancelAcknowledged = "cancel_acknowledged"
  case cancelLastFrame = "cancel_last_frame"
  case startDelay = "start_delay"

  package enum Scope: String, Codable, Sendable {
    case cold
    case endToEnd = "end-to-end"
    case endToEndCold = "end-to-end, cold"
    case audio
    case server
    case device = "end-to-end, device"
    case schedule
  }

  package enum Unit: String, Codable, Sendable {
    case milliseconds = "ms"
    case ratio = "1"

    /// What is less says nothing to a listener: a millisecond, a hundredth of the speech's own time.
    var leastDifference: Double {
      switch self {
      case .milliseconds: 1
      case .ratio: 0.01
      }
    }
  }

  /// As tables call it; two blanks before a part of the row above.
  package var title: String {
    switch self {
    case .connect: "connect"
    case .connectName: "  name"
    case .connectTCP: "  TCP"
    case .connectTLS: "  TLS"
    case .connectUpgrade: "  upgrade"
    case .firstSoundCold: "first sound, cold"
    case .firstByte: "first byte"
    case .firstByteAfterSentence: "first byte after sentence"
    case .firstSound: "first sound"
    case .leadingSilence: "  leading silence"
    case .heard: "heard"
    case .firstSoundServer: "first sound"
    case .pieceFirstByte: "piece: first byte"
    case .segmentFirstByte: "segment: first byte"
    case .frameGap: "frame gap"
    case .realTimeFactor: "real-time factor"
    case .realTimeFactorServer: "real-time factor"
    case .cancelAcknowledged: "cancel: acknowledged"
    case .cancelLastFrame: "cancel: last frame"
    case .startDelay: "start delay"
    }
  }

  package var scope: Scope {
    switch self {
    case .connect, .connectName, .connectTCP, .connectTLS, .connectUpgrade: .cold
    case .firstSoundCold: .endToEndCold
    case .leadingSilence: .audio
    case .firstSoundServer, .realTimeFactorServer: .server
    case .heard: .device
    case .startDelay: .schedule
    case .firstByte, .firstByteAfterSentence, .firstSound, .pieceFirstByte, .segmentFirstByte,
      .frameGap, .realTimeFactor, .cancelAcknowledged, .cancelLastFrame:
      .endToEnd
    }
  }

  package var unit: Unit {
    switch self {
    case .realTimeFactor, .realTimeFactorServer: .ratio
    default: .milliseconds
    }
  }

  /// The turns it is taken from.
  package var phase: TurnPhase {
    switch self {
    case .connect, .connectName, .connectTCP, .connectTLS, .connectUpgrade, .firstSoundCold: .cold
    case .cancelAcknowledged, .cancelLastFrame: .bargeIn
    default: .warm
    }
  }

  /// From what to what, for the manual.
  package var meaning: String {
    switch self {
    case .connect: "from dialling to the accepted upgrade"
    case .connectName: "the name's address was looked up"
    case .connectTCP: "the TCP connection was made"
    case .connectTLS: "the TLS handshake"
    case .connectUpgrade: "from the upgrade request to its answer"
    case .firstSoundCold: "from dialling to the first audible sample"
    case .firstByte: "from the first send of the turn to the first audio frame"
    case .firstByteAfterSentence:
      "from the send that completed the first sentence to the first audio frame; paced strategies only"
    case .firstSound:
      "from the first send of the turn to the first sample above -50 dBFS, played without a cushion"
    case .leadingSilence: "from the first sample to the first audible one"
    case .heard:
      "from the first send to the first audible sample leaving the sound device; with --play"
    case .firstSoundServer: "what the service says about its own first audio"
    case .pieceFirstByte:
      "from the first send of each flushed piece to the first frame that speaks it"
    case .segmentFirstByte:
      "from the service's word that it began a part of the text to the first frame of it"
    case .frameGap: "from one frame of a turn to the next"
    case .realTimeFactor:
      "from the first send to the last frame, divided by the audio's length; a pace of the writer is in it"
    case .realTimeFactorServer: "what the service says it took, divided by the audio's length"
    case .cancelAcknowledged: "from the cancel to its acknowledgement; with --barge-in"
    case .cancelLastFrame: "from the cancel to the last frame that still came; with --barge-in"
    case .startDelay:
      "from the moment a turn was meant to start to its first send; with --concurrency"
    }
  }
}

/// What a turn was for.
package enum TurnPhase: String, CaseIterable, Codable, Sendable {
  /// Over a connection made for it.
  case cold
  /// Not counted.
  case warmup = "warm-up"
  case warm
  /// Cancelled as soon as it is heard.
  case bargeIn = "barge-in"
}
