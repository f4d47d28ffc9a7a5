/// How audio travels: codec and rate together.
///
/// Source: protocol notes, section 10.
package enum OutputFormat: String, CaseIterable, Sendable, Codable {
  case pcm8000 = "pcm_8000"
  case pcm16000 = "pcm_16000"
  case pcm22050 = "pcm_22050"
  case pcm24000 = "pcm_24000"
  case ulaw8000 = "ulaw_8000"
  case alaw8000 = "alaw_8000"

  /// Samples per second.
  package var rate: Int {
    switch self {
    case .pcm8000, .ulaw8000, .alaw8000: 8000
    case .pcm16000: 16000
    case .pcm22050: 22050
    case .pcm24000: 24000
    }
  }

  package var encoding: AudioEncoding {
    switch self {
    case .pcm8000, .pcm16000, .pcm22050, .pcm24000: .pcm16
    case .ulaw8000: .mulaw
    case .alaw8000: .alaw
    }
  }
}

/// The codec of one audio frame on the wire, by its `enc` name.
package enum AudioEncoding: String, Sendable {
  case pcm16 = "pcm_s16le"
  case mulaw
  case alaw
}
