import KugelAudio

extension AudioFormat: ChoiceValue {
  package var meaning: String {
    switch self {
    case .wav: "RIFF WAVE, 16-bit; the default on a pipe"
    case .wavULaw: "RIFF WAVE holding G.711 µ-law, 8000 Hz"
    case .wavALaw: "RIFF WAVE holding G.711 A-law, 8000 Hz"
    case .au: "Sun/NeXT audio, 16-bit"
    case .flac: "FLAC, 16-bit, lossless"
    case .opus: "Opus in Ogg"
    case .mp3: "MPEG layer III"
    case .raw: "16-bit little-endian samples without a header"
    case .ulaw: "G.711 µ-law without a header, 8000 Hz"
    case .alaw: "G.711 A-law without a header, 8000 Hz"
    }
  }

  /// Extensions that ask for it, without the dot; `init?(path:)` understands exactly these.
  package var extensions: [String] {
    switch self {
    case .wav: ["wav", "wave"]
    case .wavULaw, .wavALaw: []
    case .au: ["au", "snd"]
    case .flac: ["flac"]
    case .opus: ["opus", "ogg"]
    case .mp3: ["mp3"]
    case .raw: ["raw", "pcm"]
    case .ulaw: ["ulaw", "ul"]
    case .alaw: ["alaw", "al"]
    }
  }
}
