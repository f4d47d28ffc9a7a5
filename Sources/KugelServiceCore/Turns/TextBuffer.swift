import KugelText

/// The text of one turn on its way to an engine: tokens in, chunks worth speaking out.
///
/// Finished sentences are handed over at once, one to a chunk; long ones in parts. Chunks are cut at
/// white space wherever there is any; joined, they are the text but for white space, unspeakable
/// rests and the `</spell>` that closes what the turn left open. Tags and `<spell>` elements stay
/// whole.
///
/// Pure: reads no clock.
///
/// Source: protocol notes, sections 6.1 and 6.2.
package struct TextBuffer: Sendable {
  package struct Rules: Equatable, Sendable {
    /// Entry i is the least length of chunk i, the last repeats; nil hands each sentence over at once.
    package var chunkLengthSchedule: [Int]?
    /// Ignores the schedule.
    package var autoMode: Bool
    /// Buffered scalars at which a chunk is forced.
    package var maxBufferLength: Int
    /// How long after the last text everything is handed over.
    package var flushTimeout: Duration
    /// ISO 639-1.
    package var language: String?

    package init(
      chunkLengthSchedule: [Int]? = nil, autoMode: Bool = false, maxBufferLength: Int = 10_000,
      flushTimeout: Duration = .milliseconds(500), language: String? = nil
    ) {
      self.chunkLengthSchedule = chunkLengthSchedule
      self.autoMode = autoMode
      self.maxBufferLength = maxBufferLength
      self.flushTimeout = flushTimeout
      self.language = language
    }

    /// The least length of a chunk; 0 where the schedule does not count.
    fileprivate func leastLength(ofChunk index: Int) -> Int {
      guard !autoMode, let schedule = chunkLengthSchedule, let last = schedule.last else {
        return 0
      }
      return index < schedule.count ? schedule[index] : last
    }
  }

  /// Scalars of a chunk that a sentence is cut for: engines speak a chunk at a time, and others wait.
  package static let longestChunk = 400

  package let rules: Rules
  private var splitter: SentenceSplitter
  /// Complete pieces that the schedule keeps back, and their length together.
  private var waiting: [String] = []
  private var waitingCount = 0
  private var chunksHandedOver = 0
  private var lastText: ContinuousClock.Instant?

  package init(rules: Rules = Rules()) {
    self.rules = rules
    splitter = SentenceSplitter(
      language: rules.language, pieceLimit: max(1, min(Self.longestChunk, rules.maxBufferLength)))
  }

  /// Nothing waits to be handed over, not even a part of a tag.
  package var isEmpty: Bool { waiting.isEmpty && splitter.pendingCount == 0 }

  /// When `tick` is due; nil while nothing waits that it would hand over.
  package var deadline: ContinuousClock.Instant? {
    guard let lastText else { return nil }
    if !waiting.isEmpty || splitter.isPendingSpeakable { return lastText + rules.flushTimeout }
    return splitter.hasOpenWord ? lastText + wordTimeout : nil
  }

  /// A writer may pause in a word: it is waited for four times as long, and then taken for whole.
  private var wordTimeout: Duration { rules.flushTimeout * 4 }

  /// - Returns: the chunks that are ready, without white space around them.
  package mutating func append(_ text: String, at now: ContinuousClock.Instant) -> [String] {
    // An empty text is no text: it must not put off the deadline.
    guard !text.isEmpty else { return [] }
    lastText = now
    take(splitter.append(text))
    var chunks = ready()
    if splitter.pendingCount + waitingCount > rules.maxBufferLength {
      chunks += ready(all: true)
      let longest = max(rules.maxBufferLength, SentenceSplitter.longestSpan)
      if splitter.pendingCount > longest { chunks += force() }
    }
    return chunks
  }

  /// Hands everything over if the deadline has come, but an incomplete tag or `<spell>`.
  package mutating func tick(at now: ContinuousClock.Instant) -> [String] {
    guard let deadline, let lastText, now >= deadline else { return [] }
    take(splitter.release(cutsWords: now >= lastText + wordTimeout))
    return ready(all: true)
  }

  /// Ends the turn: hands everything over, closes an open `<spell>`, lets a torn tag through as text.
  package mutating func flush() -> [String] {
    take(splitter.finish())
    let chunks = ready(all: true)
    clear()
    return chunks
  }

  /// Forgets all text; the next belongs to a new turn.
  package mutating func clear() {
    splitter.clear()
    waiting = []
    waitingCount = 0
    chunksHandedOver = 0
    lastText = nil
  }

  private mutating func take(_ pieces: [String]) {
    for piece in pieces where SentenceSplitter.hasSound(piece) {
      waiting.append(piece)
      waitingCount += piece.unicodeScalars.count
    }
  }

  /// Bundles waiting pieces into chunks as long as the schedule asks for.
  private mutating func ready(all: Bool = false) -> [String] {
    var chunks: [String] = []
    var chunk = ""
    var length = 0
    var used = 0
    for (index, piece) in waiting.enumerated() {
      chunk += piece
      length += piece.unicodeScalars.count
      guard length >= rules.leastLength(ofChunk: chunksHandedOver) else { continue }
      chunks.append(chunk.trimmed)
      chunksHandedOver += 1
      waitingCount -= length
      used = index + 1
      (chunk, length) = ("", 0)
    }
    if all, !chunk.isEmpty {
      chunks.append(chunk.trimmed)
      chunksHandedOver += 1
      waitingCount -= length
      used = waiting.count
    }
    waiting.removeFirst(used)
    return chunks
  }

  /// The buffer is full and nothing in it is complete: a `<spell>` is closed and opened again, so
  /// that its rest is spelled too.
  private mutating func force() -> [String] {
    let open = splitter.openSpell
    take(splitter.finish())
    if let open { take(splitter.append(open)) }
    return ready(all: true)
  }
}
