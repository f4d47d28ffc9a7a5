import KugelAudio
import KugelNarration

/// Everything `narrate` was asked to do, checked as far as that needs neither text nor engine.
package struct NarrateRequest: Equatable, Sendable {
  package enum Purpose: Equatable, Sendable {
    case make
    /// Tell how much it would be.
    case estimate
    /// Tell what would be made, and why.
    case plan
  }

  /// Paths of texts and lists in order; `-` is a list on standard input.
  package var inputs: [String]
  package var purpose = Purpose.make
  /// How it is spoken; its source and its outputs are those of the items.
  package var speech: SpeechRequest
  /// Where the files go.
  package var directory = "."
  package var format = AudioFormat.wav
  /// Hz; nil leaves it to the format and the voice.
  package var rate: Int?
  /// Whether files are replaced that this directory's manifest does not tell of.
  package var overwrites = false
  package var template: NameTemplate?
  package var split = SplitRule.files
  /// How lists are written; nil: their names or their beginnings tell.
  package var list: ListKind?
  /// Whether notes of books and pages are read where they stand.
  package var readsNotes = true
  /// Items that are spoken at once; nil is what is usual.
  package var workers: Int?
  /// Times that a doubtful sentence, or one that could not be spoken, is made again.
  package var retries = 3
  /// Whether the first item that fails ends it.
  package var failsFast = false
  package var shard: Shard?
  /// Whether files go that the list does not name any more.
  package var prunes = false
  package var subtitles: [SubtitleKind] = []
  package var cues = CueMaker.Rules()
  /// Whether a speech recogniser listens, too.
  package var verifies = false
  /// Where it is told which sentences are doubtful.
  package var report: String?
  package var tariff: Tariff?
  /// LUFS that each file is brought to; nil leaves it as it is.
  package var loudness: Double?
  /// Into what all items are joined besides.
  package var join: JoinRequest?

  package init(inputs: [String], speech: SpeechRequest) {
    self.inputs = inputs
    self.speech = speech
  }

  package var verbosity: Verbosity { speech.run.verbosity }
}
