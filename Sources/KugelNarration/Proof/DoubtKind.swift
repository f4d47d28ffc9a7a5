/// Why a sentence may not have sounded as it should.
package enum DoubtKind: String, CaseIterable, Equatable, Sendable {
  /// No word of it was told, or no sound came.
  case unspoken
  /// Words at its end, or a good part within it, were not told.
  case incomplete
  case tooShort = "too short"
  case tooLong = "too long"
  /// Something sounds on behind its last word.
  case repeated
  case silence = "silence inside"
  /// The sound breaks off within a word.
  case cutOff = "cut off"
  /// A speech recogniser does not hear its words.
  case unheard
  /// Even as fast as it may be spoken it does not fit between its times.
  case overrun

  /// A fragment without a stop.
  package var meaning: String {
    switch self {
    case .unspoken: "nothing of it was spoken"
    case .incomplete: "words of it were not spoken"
    case .tooShort: "it took less time than this voice needs"
    case .tooLong: "it took more time than this voice needs"
    case .repeated: "something sounds behind its last word"
    case .silence: "a silence is inside"
    case .cutOff: "its sound breaks off"
    case .unheard: "a speech recogniser does not hear its words"
    case .overrun: "it takes longer than its subtitle stands"
    }
  }

  /// Whether it follows from the time that a sentence took.
  package var isOfPace: Bool { self == .tooShort || self == .tooLong }
}
