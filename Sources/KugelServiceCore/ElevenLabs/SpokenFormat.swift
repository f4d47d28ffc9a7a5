import KugelWire

/// How sound is asked for, by the token of a request: codec, rate and, where there is one, bit rate.
///
/// Source: ElevenLabs notes, section 4.
package struct SpokenFormat: Equatable, Sendable {
  package enum Codec: String, Equatable, Sendable { case pcm, wav, ulaw, alaw, mp3, opus }

  package let codec: Codec
  /// Hz.
  package let rate: Int

  package static let usual = SpokenFormat(codec: .mp3, rate: 44_100)
  private static let linearRates = [8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]

  private init(codec: Codec, rate: Int) {
    self.codec = codec
    self.rate = rate
  }

  init?(token: String) {
    let parts = token.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    guard let codec = Codec(rawValue: parts[0]), parts.count >= 2, let rate = Int(parts[1]) else {
      return nil
    }
    let bits = parts.count == 3 ? Int(parts[2]) : nil
    guard parts.count == 2 || bits != nil, parts.count < 4 else { return nil }
    let isKnown: Bool =
      switch (codec, rate, bits) {
      case (.pcm, _, nil), (.wav, _, nil): Self.linearRates.contains(rate)
      case (.ulaw, 8000, nil), (.alaw, 8000, nil): true
      case (.mp3, 22_050, 32), (.mp3, 24_000, 48), (.mp3, 44_100, nil): true
      case (.mp3, 44_100, let bits?), (.opus, 48_000, let bits?):
        [32, 64, 96, 128, 192].contains(bits)
      default: false
      }
    guard isKnown else { return nil }
    self.init(codec: codec, rate: rate)
  }

  /// - Parameter isStreamed: a file that tells its length cannot be.
  /// - Throws: as an HTTP answer tells it.
  package static func asked(
    _ token: String?, isStreamed: Bool
  ) throws(ServiceError) -> SpokenFormat {
    guard let token, !token.isEmpty else { return usual }
    guard let format = SpokenFormat(token: token), format.codec != .wav || !isStreamed else {
      throw ServiceError(
        "Invalid output format: \(token)", name: "invalid_parameters", code: 400)
    }
    return format
  }

  /// Source: ElevenLabs notes, section 4; of the telephone's codes nobody knows.
  package var contentType: String {
    switch codec {
    case .pcm: "audio/pcm"
    case .wav: "audio/wav"
    case .ulaw: "audio/basic"
    case .alaw: "audio/x-alaw-basic"
    case .mp3: "audio/mpeg"
    case .opus: "audio/opus"
    }
  }

  /// Sets how samples are made for it.
  package func apply(to settings: inout TurnSettings) {
    settings.outputFormat =
      switch codec {
      case .ulaw: .ulaw8000
      case .alaw: .alaw8000
      case .pcm, .wav, .mp3, .opus: nil
      }
    settings.sampleRate = settings.outputFormat == nil ? rate : nil
  }
}
