import KugelAudio

extension PlaybackSettings {
  /// For reports.
  package var shownCushion: String {
    switch prebuffer {
    case .auto: "\(Int(cushion / .milliseconds(1))) ms"
    case .atLeast(let time): "\(Int(time / .milliseconds(1))) ms"
    case .all: "the whole turn"
    }
  }
}
