import KugelText

/// The text of one turn on its way to an engine: tokens in, chunks worth speaking out.
///
/// Finished sentences are handed over at once, one to a chunk; long ones in parts. Chunks are cut at
/// white space wherever there is any; joined, they are the text but for white space, unspeakable
/// rests and the `</spell>` that closes what the turn left open. Tags and `<spell>` elements stay
/// whole. A blank line at the ends of a chunk stays, as two line ends, for that is a pause; a pause that
/// is known when a sentence is handed over belongs to the chunk before it.
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
    /// Which chunks may end before their sentence, where its text comes slowly.
    package var clauses: EarlyClauses

    package init(
      chunkLengthSchedule: [Int]? = nil, autoMode: Bool = false, maxBufferLength: Int = 10_000,
      flushTimeout: Duration = .milliseconds(500), language: String? = nil,
      clauses: EarlyClauses = .none
    ) {
      self.clauses = clauses
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
  /// A sentence that has come whole within this time is not cut at a clause.
  package static let clausePatience = Duration.milliseconds(300)

  package let rules: Rules
  private var splitter: SentenceSplitter
  /// Complete pieces that the schedule keeps back, and their length together.
  private var waiting: [String] = []
  private var waitingCount = 0
  private var chunksHandedOver = 0
  private var lastText: ContinuousClock.Instant?
  /// Since when the sentence comes that waits for its end.
  private var sentenceBegan: ContinuousClock.Instant?
  /// The last chunk ended with a blank line.
  private var hasPaused = false

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
    let pieces = splitter.append(text)
    take(pieces)
    if splitter.pendingCount == 0 {
      sentenceBegan = nil
    } else if sentenceBegan == nil || !pieces.isEmpty {
      sentenceBegan = now
    }
    takeClause(at: now)
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
    sentenceBegan = nil
    hasPaused = false
  }

  /// - Parameter pieces: what has come together: each may tell how the one before it ends.
  private mutating func take(_ pieces: [String]) {
    var isFirst = true
    for piece in pieces {
      var piece = piece
      if !isFirst {
        let (count, hasBreak) = SentenceSplitter.pauseCount(before: piece)
        let rest = String(piece.unicodeScalars.dropFirst(count))
        let hasRest = SentenceSplitter.hasSound(rest)
        if count > 0, hasBreak || hasRest {
          extendLast(by: hasRest ? String(piece.unicodeScalars.prefix(count)) : piece)
          piece = hasRest ? rest : ""
        }
      }
      guard SentenceSplitter.hasSound(piece) else { continue }
      isFirst = false
      waiting.append(piece)
      waitingCount += piece.unicodeScalars.count
    }
    // What has come of the next sentence may tell it too.
    if !isFirst { extendLast(by: splitter.takePauses()) }
  }

  private mutating func extendLast(by pause: String) {
    waiting[waiting.count - 1] += pause
    waitingCount += pause.unicodeScalars.count
  }

  /// What has come of a sentence that comes slowly, up to a clause's end.
  private mutating func takeClause(at now: ContinuousClock.Instant) {
    switch rules.clauses {
    case .none: return
    case .first: guard chunksHandedOver == 0, waiting.isEmpty else { return }
    case .every: break
    }
    guard let sentenceBegan, now >= sentenceBegan + Self.clausePatience,
      let clause = splitter.takeClause()
    else { return }
    take([clause])
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
      chunks.append(handOver(chunk))
      waitingCount -= length
      used = index + 1
      (chunk, length) = ("", 0)
    }
    if all, !chunk.isEmpty {
      chunks.append(handOver(chunk))
      waitingCount -= length
      used = waiting.count
    }
    waiting.removeFirst(used)
    return chunks
  }

  /// Without white space around it, but for blank lines; a turn does not begin with one, and one that
  /// was behind the chunk before is not there twice.
  private mutating func handOver(_ chunk: String) -> String {
    let lines = chunk.blankLines
    let isPause = lines.before && chunksHandedOver > 0 && !hasPaused
    chunksHandedOver += 1
    hasPaused = lines.behind
    return (isPause ? "\n\n" : "") + chunk.trimmed + (lines.behind ? "\n\n" : "")
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
