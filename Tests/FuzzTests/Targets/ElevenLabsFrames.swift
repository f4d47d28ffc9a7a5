@testable import KugelText
@testable import KugelWire

extension FuzzTarget {
  /// Messages of an ElevenLabs service, with audio that is linear and that is not. Frames of a
  /// context count up, and what a chunk says of its length is what came.
  static let elevenLabsFrames = FuzzTarget("elevenlabs-frames") { input in
    for format in [OutputFormat.pcm24000, .ulaw8000] {
      var decoder = ElevenLabsDecoder(format: format)
      var audio = AudioDecoder()
      var next: [String: Int] = [:]
      for message in input.messages {
        guard case .frames(let frames) = decoder.decode(message, audio: &audio) else { continue }
        for frame in frames {
          let context = frame.context ?? ""
          switch frame.message {
          case .audio(let sound):
            try same(sound.index, next[context] ?? 0, "frames of a context count up")
            try same(sound.rate, format.rate, "audio has the rate of its format")
            next[context] = sound.index + 1
          case .contextClosed: next[context] = nil
          default: break
          }
        }
      }
    }
  }

  /// Lists of voices, of both services.
  static let voiceLists = FuzzTarget("voice-lists") { input in
    if let page = VoicePage(body: input) {
      try hold(page.voices.allSatisfy { !"\($0.reference)".isEmpty }, "voices have a reference")
    }
    if let list = ElevenLabsVoices(body: input) {
      try same(
        list.voices.map(\.id), Array(1..<(list.voices.count + 1)), "voices are numbered from 1")
    }
  }
}
