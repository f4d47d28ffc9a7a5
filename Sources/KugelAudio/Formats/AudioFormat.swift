/// The kinds of file and stream we write, by their `--format` name. All are mono.
package enum AudioFormat: String, CaseIterable, Sendable {
  /// RIFF WAVE, 16-bit; RF64 beyond 4 GiB.
  case wav
  /// RIFF WAVE holding G.711 µ-law.
  case wavULaw = "wav-ulaw"
  /// RIFF WAVE holding G.711 A-law.
  case wavALaw = "wav-alaw"
  /// Sun/NeXT, 16-bit.
  case au
  /// FLAC, 16-bit.
  case flac
  /// Opus in Ogg.
  case opus
  /// MPEG-1, -2 or -2.5 layer III.
  case mp3
  /// Headerless 16-bit little-endian.
  case raw
  /// Headerless G.711 µ-law.
  case ulaw
  /// Headerless G.711 A-law.
  case alaw

  /// The format that a file's name asks for; nil when its extension is missing or means nothing to us.
  package init?(path: String) {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "wav", "wave": self = .wav
    case "au", "snd": self = .au
    case "flac": self = .flac
    case "opus", "ogg": self = .opus
    case "mp3": self = .mp3
    case "raw", "pcm": self = .raw
    case "ulaw", "ul": self = .ulaw
    case "alaw", "al": self = .alaw
    default: return nil
    }
  }

  /// Whether samples are coded as telephone lines carry them.
  package var isG711: Bool {
    switch self {
    case .wavULaw, .wavALaw, .ulaw, .alaw: true
    case .wav, .au, .flac, .opus, .mp3, .raw: false
    }
  }
}
