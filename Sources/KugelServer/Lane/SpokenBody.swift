import KugelAudio
import KugelServiceCore
import KugelWire

/// What is spoken, as the bytes of a body in the form that was asked for.
struct SpokenBody {
  private let form: SpokenForm
  /// Made with the first sound.
  private var encoder: StreamEncoder?

  init(_ form: SpokenForm) { self.form = form }

  /// - Parameter encoding: of what stands in no file.
  mutating func bytes(
    of audio: AudioFrame, _ encoding: AudioEncoding
  ) throws(SoundError) -> [UInt8] {
    guard let format = form.coding.format else { return wrapped(audio.bytes(encoding)) }
    let head = try begin(format, rate: audio.rate)
    return wrapped(head + (try encoder?.encode(audio.samples) ?? []))
  }

  /// What is held back, and the end.
  mutating func finish() throws(SoundError) -> [UInt8] {
    var last: [UInt8] = []
    if let format = form.coding.format {
      last = wrapped(try begin(format, rate: 24_000) + (encoder?.finish() ?? []))
    }
    return last + (form.eventsOf.map { OpenAIEvents.done(characters: $0) } ?? [])
  }

  /// How a failure is told behind what was sent; nil where there is no way to.
  func failure(_ error: ServiceError) -> [UInt8]? {
    form.eventsOf == nil ? nil : OpenAIEvents.failed(error)
  }

  /// Roughly, where an encoder decides.
  func bytesPerSecond(rate: Int, _ encoding: AudioEncoding) -> Double {
    let bytes: Double =
      switch form.coding {
      case .bare: Double(rate * (encoding == .pcm16 ? 2 : 1))
      case .file(.wav), .file(.pcm): Double(2 * rate)
      case .file(.flac): Double(rate)
      case .file(.mp3), .file(.aac), .file(.opus): 8000
      }
    return form.eventsOf == nil ? bytes : bytes * 4 / 3
  }

  /// The head of the file, once.
  private mutating func begin(_ format: AudioFormat, rate: Int) throws(SoundError) -> [UInt8] {
    guard encoder == nil else { return [] }
    let made = try StreamEncoder(format, rate: rate)
    encoder = made
    return made.header
  }

  private func wrapped(_ bytes: [UInt8]) -> [UInt8] {
    guard form.eventsOf != nil, !bytes.isEmpty else { return bytes }
    return OpenAIEvents.delta(bytes)
  }
}

extension SpokenForm.Coding {
  /// nil for samples alone.
  fileprivate var format: AudioFormat? {
    switch self {
    case .bare, .file(.pcm): nil
    case .file(.wav): .wav
    case .file(.flac): .flac
    case .file(.opus): .opus
    case .file(.mp3): .mp3
    // Nobody here makes it: the request was refused.
    case .file(.aac): nil
    }
  }
}

extension AudioFrame {
  /// As they travel outside of JSON.
  fileprivate func bytes(_ encoding: AudioEncoding) -> [UInt8] {
    switch encoding {
    case .pcm16:
      samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    case .mulaw: G711.encodeMuLaw(samples)
    case .alaw: G711.encodeALaw(samples)
    }
  }
}
