import KugelText
import KugelWire

/// One turn as it is being said: what was sent, what came of it, and how far it has been played.
package struct SpokenTurn: Equatable, Sendable {
  package let number: Int
  /// Everything written for it, exactly; empty where texts are not kept.
  package private(set) var text = ""
  /// Where in the input its text begins.
  package internal(set) var origin = 0
  /// Unicode scalars sent for it.
  package private(set) var characters = 0
  /// Where the segments stand in what was sent.
  private var alignment = TextAligner()
  /// Where in the input that came from.
  private var map = SourceMap()
  /// More text may come.
  package internal(set) var isOpen = true
  package private(set) var segments: [SpokenSegment] = []
  package internal(set) var firstTextAt: ContinuousClock.Instant?
  package internal(set) var firstAudioAt: ContinuousClock.Instant?
  package internal(set) var firstSound: FirstSound?
  /// When the first sound left the speakers.
  package internal(set) var soundReachedAt: ContinuousClock.Instant?
  /// Where the turn begins among all samples that were given to be played.
  package internal(set) var start = 0
  /// Seconds of the sound before it.
  package internal(set) var startsAt = 0.0
  /// Samples of the turn received, at `rate`.
  package internal(set) var samples = 0
  /// Hz, 0 before the first audio.
  package internal(set) var rate = 0
  /// Samples of the turn that have been heard.
  package internal(set) var played = 0
  /// Times the sound ran dry within the turn.
  package internal(set) var gaps = 0
  /// How it ended for the service; nil as long as it has not.
  package internal(set) var report: TurnReport? { didSet { isReported = report != nil } }
  /// Asked for every frame, where a report would be much to copy.
  private(set) var isReported = false
  /// What had been heard when the sound was cut.
  package internal(set) var cut: HeardText? { didSet { isCut = cut != nil } }
  /// Like `isReported`.
  private(set) var isCut = false
  /// It failed or was cut before its text was complete.
  package internal(set) var wasOpen = false
  /// The next text chunk may be one that is here in part.
  var isResumed = false
  /// Where the sound of each chunk begins, whether it was announced or not.
  private var chunkStarts: [Int: Int] = [:]
  private var lastChunk: Int?

  init(number: Int) { self.number = number }

  /// The first sample that can be heard.
  package struct FirstSound: Equatable, Sendable {
    /// Index within the turn.
    package var sample: Int
    /// From the first text until it was heard; where nothing is played, to that sample's place on the
    /// stream's time line. nil until it is heard.
    package var after: Duration?
  }

  /// Neither text nor sound of it is still to come or to be played.
  package var isOver: Bool {
    guard let report else { return false }
    return cut != nil || (report.ending != .cancelled && played >= samples)
  }

  /// Sound of it was received that can be heard, and has not been.
  package var awaitsFirstSound: Bool {
    firstSound.map { $0.after == nil && cut == nil } ?? false
  }

  package var timeToFirstAudio: Duration? {
    guard let firstTextAt, let firstAudioAt else { return nil }
    return firstAudioAt - firstTextAt
  }

  /// What has been heard up to now.
  package var heard: HeardText {
    HeardText(
      text: text, segments: segments, samples: samples, played: played, rate: rate,
      isComplete: report.map { $0.ending == .complete } ?? false,
      places: SaidPlaces(alignment: alignment, map: map, origin: origin))
  }

  /// Where in the input scalars of a segment's text stand; nil where they do not.
  func source(ofSegment index: Int, _ scalars: Range<Int>) -> Range<Int>? {
    guard let said = said(ofSegment: index, scalars) else { return nil }
    let source = map.source(of: said)
    return source.isEmpty ? nil : source
  }

  /// Where in what was sent scalars of a segment's text stand, white space around them left out.
  func said(ofSegment index: Int, _ scalars: Range<Int>) -> Range<Int>? {
    alignment.range(chunk: index, from: scalars.lowerBound, to: scalars.upperBound)
  }

  /// Where in the input a segment begins.
  func start(ofSegment index: Int) -> Int? {
    alignment.offset(chunk: index, scalars: 0).map { map.source(of: $0..<$0).lowerBound }
  }

  /// Seconds of the turn's sound before a sample.
  func seconds(to sample: Int) -> Double { rate == 0 ? 0 : Double(sample) / Double(rate) }

  /// Text was written for it.
  mutating func write(_ more: String) { text += more }

  /// Text was sent for it.
  ///
  /// - Parameters:
  ///   - source: where in the input it came from.
  ///   - keeping: whether it is kept, to tell what of it was heard.
  mutating func say(
    _ more: String, from source: SourceMap, keeping: Bool, at now: ContinuousClock.Instant
  ) {
    characters += more.unicodeScalars.count
    if keeping {
      alignment.append(text: more)
      map.append(source, 0..<source.count)
    }
    if firstTextAt == nil, !more.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
      firstTextAt = now
    }
  }

  /// - Parameter isPlayed: `played` will tell when the first sound is heard.
  mutating func receive(_ frame: AudioFrame, isPlayed: Bool, at now: ContinuousClock.Instant) {
    if firstAudioAt == nil { firstAudioAt = now }
    if rate == 0 { rate = frame.rate }
    if firstSound == nil, let index = frame.samples.firstIndex(where: \.isAudible) {
      firstSound = FirstSound(sample: samples + index)
      if !isPlayed, let firstTextAt, let firstAudioAt {
        let due = firstAudioAt + .seconds(seconds(to: samples + index))
        firstSound?.after = max(due, now) - firstTextAt
      }
    }
    if let last = segments.indices.last(where: { segments[$0].chunk == frame.chunk }),
      !segments[last].hasSound
    {
      // It was announced while another was still being received.
      segments[last].start = samples
      segments[last].hasSound = true
    }
    if frame.chunk != lastChunk {
      lastChunk = frame.chunk
      chunkStarts[frame.chunk] = samples
    }
    samples += frame.samples.count
  }

  /// So many samples of it have been heard.
  ///
  /// - Returns: when its first sound was, if that is news.
  mutating func play(to position: Int, at now: ContinuousClock.Instant) -> ContinuousClock.Instant?
  {
    played = min(max(0, position), samples)
    guard soundReachedAt == nil, let sound = firstSound, played > sound.sample else { return nil }
    // A device that keeps no time plays faster than sound, but not before there is any.
    let reckoned = now - .seconds(seconds(to: played - sound.sample))
    let moment = firstAudioAt.map { max($0, reckoned) } ?? reckoned
    soundReachedAt = moment
    if sound.after == nil, let firstTextAt { firstSound?.after = moment - firstTextAt }
    return moment
  }

  mutating func begin(_ segment: SpokenSegment) {
    defer { isResumed = false }
    guard isResumed, let last = segments.last, last.isSameText(as: segment) else {
      // A turn that is spoken again from its start is heard again from its start.
      if isResumed, segments.count > 1, segments[0].isSameText(as: segment) {
        segments = []
        alignment.replace(chunks: [])
      }
      segments.append(segment)
      alignment.append(chunk: segment.text)
      return
    }
    var again = SpokenSegment(text: segment.text, chunk: segment.chunk, start: last.start)
    again.hasSound = last.hasSound
    segments[segments.count - 1] = again
    alignment.replace(chunks: segments.map(\.text))
  }

  /// - Parameter keeping: whether a chunk that was not announced is known by its words from now on.
  mutating func add(_ words: [WordTime], chunk: Int, keeping: Bool) {
    if let index = segments.lastIndex(where: { $0.chunk == chunk }) {
      guard segments[index].isMadeOfWords else {
        segments[index].words += words
        return
      }
      segments[index].extend(by: words)
      alignment.replace(chunks: segments.map(\.text))
    } else if keeping, !words.isEmpty, let start = chunkStarts[chunk] {
      var segment = SpokenSegment(text: "", chunk: chunk, start: start)
      segment.isMadeOfWords = true
      segment.hasSound = true
      segment.extend(by: words)
      segments.append(segment)
      alignment.append(chunk: segment.text)
    }
  }
}

/// A text chunk as the service announced it, and where its sound begins.
package struct SpokenSegment: Equatable, Sendable {
  package var text: String
  package var chunk: Int
  /// Samples of the turn before it.
  package var start: Int
  /// As they arrived; empty without word times.
  package var words: [WordTime] = []
  /// Some of it was received: it begins where `start` says.
  var hasSound = false
  /// It was not announced: its text is the words that were told of it.
  var isMadeOfWords = false

  package init(text: String, chunk: Int, start: Int, words: [WordTime] = []) {
    self.text = text
    self.chunk = chunk
    self.start = start
    self.words = words
  }

  /// Words of a text that is not known: their places are among each other.
  fileprivate mutating func extend(by more: [WordTime]) {
    for word in more {
      if !text.isEmpty { text += " " }
      var placed = word
      placed.characterStart = text.unicodeScalars.count
      text += word.word
      placed.characterEnd = text.unicodeScalars.count
      words.append(placed)
    }
  }

  /// Whether one begins as the other does.
  fileprivate func isSameText(as other: SpokenSegment) -> Bool {
    let (one, two) = (text.withoutWhitespace, other.text.withoutWhitespace)
    return zip(one, two).allSatisfy { $0 == $1 }
  }
}

extension String {
  package var withoutWhitespace: [Unicode.Scalar] {
    unicodeScalars.filter { !$0.properties.isWhitespace }
  }
}

extension Int16 {
  /// At least -50 dBFS.
  fileprivate var isAudible: Bool { magnitude >= 104 }
}
