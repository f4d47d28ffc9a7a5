/// How audio travels: codec and rate together.
///
/// Source: protocol notes, section 10; ElevenLabs notes, section 4.
package enum OutputFormat: String, CaseIterable, Sendable, Codable {
  case pcm8000 = "pcm_8000"
  case pcm16000 = "pcm_16000"
  case pcm22050 = "pcm_22050"
  case pcm24000 = "pcm_24000"
  case ulaw8000 = "ulaw_8000"
  case alaw8000 = "alaw_8000"
  case pcm32000 = "pcm_32000"
  case pcm44100 = "pcm_44100"
  case pcm48000 = "pcm_48000"
  case mp3At22050 = "mp3_22050_32"
  case mp3At24000 = "mp3_24000_48"
  case mp3Of32 = "mp3_44100_32"
  case mp3Of64 = "mp3_44100_64"
  case mp3Of96 = "mp3_44100_96"
  case mp3Of128 = "mp3_44100_128"
  case mp3Of192 = "mp3_44100_192"
  case opusOf32 = "opus_48000_32"
  case opusOf64 = "opus_48000_64"
  case opusOf96 = "opus_48000_96"
  case opusOf128 = "opus_48000_128"
  case opusOf192 = "opus_48000_192"

  /// Those of KugelAudio's sockets.
  package static let ofKugelAudio: [OutputFormat] = [
    .pcm8000, .pcm16000, .pcm22050, .pcm24000, .ulaw8000, .alaw8000,
  ]

  /// Samples per second.
  package var rate: Int {
    // Every name has it in the same place.
    Int(rawValue.split(separator: "_")[1]) ?? 24_000
  }

  /// How the samples are coded that are read from it.
  package var encoding: AudioEncoding {
    switch self {
    case .ulaw8000: .mulaw
    case .alaw8000: .alaw
    default: .pcm16
    }
  }

  /// Whether it is a file that only a library reads.
  package var isFile: Bool { rawValue.hasPrefix("mp3") || rawValue.hasPrefix("opus") }
}

/// The codec of one audio frame on the wire, by its `enc` name.
package enum AudioEncoding: String, Sendable {
  case pcm16 = "pcm_s16le"
  case mulaw
  case alaw
}
