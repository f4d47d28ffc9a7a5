import KugelAudio

/// The file into which all items of a run are joined.
package struct JoinRequest: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case sound(AudioFormat)
    /// MPEG-4 with chapters, as players of audio books take it; ffmpeg makes it.
    case m4b
  }

  package var path: String
  package var kind: Kind
  /// Silence between items.
  package var gap = Duration.milliseconds(800)
  package var title: String?
  package var author: String?
  /// Path of a picture.
  package var cover: String?

  package init(path: String, kind: Kind) {
    self.path = path
    self.kind = kind
  }

  /// Whether players find title and author in the file.
  package var holdsNames: Bool {
    switch kind {
    case .sound(.au), .sound(.raw), .sound(.ulaw), .sound(.alaw): false
    case .sound, .m4b: true
    }
  }

  package var holdsCover: Bool {
    switch kind {
    case .sound(.flac), .sound(.opus), .sound(.mp3), .m4b: true
    case .sound: false
    }
  }

  /// Hz, of the file.
  ///
  /// - Parameter spoken: Hz, of what is joined.
  package func rate(of spoken: Int) -> Int {
    guard case .sound(let format) = kind, !format.holds(rate: spoken) else { return spoken }
    return format.rate(forSource: spoken)
  }
}
