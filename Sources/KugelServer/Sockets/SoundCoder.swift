import KugelAudio
import KugelServiceCore
import KugelWire

/// Sound of one context as its format has it.
struct SoundCoder {
  private let format: SpokenFormat
  private let encoder: StreamEncoder?
  private var isBegun = false

  init(_ format: SpokenFormat) throws(SoundError) {
    self.format = format
    encoder =
      switch format.codec {
      case .mp3: try StreamEncoder(.mp3, rate: format.rate)
      case .opus: try StreamEncoder(.opus, rate: format.rate)
      case .pcm, .wav, .ulaw, .alaw: nil
      }
  }

  /// - Returns: may be empty: encoders hold some back.
  mutating func bytes(of audio: AudioFrame) throws(SoundError) -> [UInt8] {
    switch format.codec {
    case .pcm, .wav: return audio.encoded(.pcm16)
    case .ulaw: return audio.encoded(.mulaw)
    case .alaw: return audio.encoded(.alaw)
    case .mp3, .opus:
      let head = isBegun ? [] : encoder?.header ?? []
      isBegun = true
      return head + (try encoder?.encode(audio.samples) ?? [])
    }
  }

  mutating func finish() -> [UInt8] { encoder?.finish() ?? [] }
}
