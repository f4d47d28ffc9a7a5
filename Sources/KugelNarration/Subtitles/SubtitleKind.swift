/// The formats of subtitles, by their extension.
package enum SubtitleKind: String, CaseIterable, Equatable, Sendable {
  case srt, vtt, ass, lrc, json

  package init?(path: String) {
    guard let dot = path.lastIndex(of: "."),
      let kind = SubtitleKind(rawValue: path[path.index(after: dot)...].lowercased())
    else { return nil }
    self = kind
  }
}

/// What a cue holds.
package enum SubtitleUnit: String, CaseIterable, Equatable, Sendable {
  case sentence, line, word
}
