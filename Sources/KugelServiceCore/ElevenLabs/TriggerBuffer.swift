import KugelText

/// The text of one context on its way to an engine, as ElevenLabs gathers it: it is spoken when there is as
/// much of it as the schedule wants, when a flush or the end says so, and else not, however long it waits.
///
/// What goes out is cut at white space, so that no word is torn; the rest stays. Pure.
///
/// Source: ElevenLabs notes, section 7.5.
package struct TriggerBuffer: Sendable {
  /// Why a text is spoken now.
  package enum Trigger: Equatable, Sendable {
    /// Because there is enough of it, if there is.
    case schedule
    /// As much as this wants need not be there, but a little.
    case attempt
    /// All of it, at once.
    case flush
  }

  /// Scalars of which a schedule's chunk may be, the least of those that an attempt speaks.
  package static let lengths = 1...500
  package static let usualSchedule = [120, 160, 250, 290]
  private static let attemptLength = 50

  private let schedule: [Int]
  /// Each message is spoken as it comes.
  private let isAtOnce: Bool
  private let language: String?
  private var text = ""
  private var count = 0
  private var step = 0

  /// - Parameter schedule: nil or empty: the usual one.
  package init(schedule: [Int]? = nil, isAtOnce: Bool = false, language: String? = nil) {
    let own = schedule ?? []
    self.schedule = own.isEmpty ? Self.usualSchedule : own
    self.isAtOnce = isAtOnce
    self.language = language
  }

  /// Nothing waits that could be spoken.
  package var isEmpty: Bool { text.unicodeScalars.allSatisfy(\.properties.isWhitespace) }

  /// - Returns: the sentences that are to be spoken now, each a chunk; joined with what stays they are the
  ///   text.
  package mutating func append(_ more: String, _ trigger: Trigger) -> [String] {
    text += more
    count += more.unicodeScalars.count
    guard trigger != .flush, !isAtOnce else { return takeAll() }
    let due = schedule[min(step, schedule.count - 1)]
    let least = trigger == .attempt ? min(due, Self.attemptLength) : due
    guard count >= least else { return [] }
    let scalars = text.unicodeScalars
    guard let blank = scalars.lastIndex(where: \.properties.isWhitespace) else { return [] }
    let end = scalars.index(after: blank)
    let spoken = String(scalars[..<end])
    text = String(scalars[end...])
    count = text.unicodeScalars.count
    return handOver(spoken)
  }

  private mutating func takeAll() -> [String] {
    defer { (text, count) = ("", 0) }
    return handOver(text)
  }

  private mutating func handOver(_ spoken: String) -> [String] {
    let chunks = SentenceSplitter.sentences(in: spoken, language: language).map(String.init)
      .filter(SentenceSplitter.hasSound)
    if !chunks.isEmpty { step += 1 }
    return chunks
  }
}
