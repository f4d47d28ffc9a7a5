import KugelReading
import KugelText

/// Makes what is said of what is written, turn after turn, and keeps count of where in the input it is.
struct TextReader {
  private var reading: TextReading
  private var pipeline: TextPipeline
  private var hasToldUnclosed = false

  init(_ reading: TextReading = .raw) {
    self.reading = reading
    pipeline = TextPipeline(reading.filters, for: reading.target)
  }

  /// When what waits will be let go; nil while nothing does.
  var deadline: ContinuousClock.Instant? { pipeline.deadline }

  /// Text of the turn under way, or of the one that begins with it.
  mutating func read(_ text: String, at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    guard !text.isEmpty else { return [] }
    if reading.filters.isRaw {
      pipeline.skip(text.unicodeScalars.count)
      return [.session(.text(text))]
    }
    return [.written(text)] + said(pipeline.feed(text, at: now))
  }

  /// Input that is of no turn.
  mutating func skip(_ text: String) -> [SpeechInputEvent] {
    pipeline.skip(text.unicodeScalars.count)
    return [.skipped(text)]
  }

  mutating func tick(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    said(pipeline.tick(at: now))
  }

  /// The text of the turn is complete: what has waited of it.
  mutating func finish() -> [SpeechInputEvent] {
    let rest = said(pipeline.finish())
    guard !hasToldUnclosed, pipeline.isReasoningUnclosed else { return rest }
    hasToldUnclosed = true
    return rest + [
      .warning("what a model thinks was not closed, and all behind its beginning was left out")
    ]
  }

  /// What waits is not said any more.
  mutating func drop() {
    pipeline = TextPipeline(reading.filters, for: reading.target, at: pipeline.place)
  }

  /// What follows is a text of its own, and read otherwise.
  mutating func change(to reading: TextReading) -> [SpeechInputEvent] {
    let rest = finish()
    self.reading = reading
    drop()
    return rest
  }

  private func said(_ text: SourcedText) -> [SpeechInputEvent] {
    text.count > 0 ? [.said(text)] : []
  }
}

extension [SpeechInputEvent] {
  /// What is said is said at once, where it came at once.
  var joined: [SpeechInputEvent] {
    var joined: [SpeechInputEvent] = []
    for event in self {
      if case .said(let more) = event, case .said(var text) = joined.last {
        text.append(more)
        joined[joined.count - 1] = .said(text)
      } else {
        joined.append(event)
      }
    }
    return joined
  }
}
