import KugelText
import KugelWire

/// A growing text on its way to a service that speaks what a message holds as it is, and keeps what is
/// short of its schedule until it is told not to: whole sentences go out, and the least is flushed that
/// the protocol needs for none to wait.
///
/// Joined, what goes out is the text, but for one blank behind each message, as the service wants it.
///
/// Pure: reads no clock. Source: ElevenLabs notes, section 7.5.
struct SentenceFeed: Sendable {
  struct Rules: Equatable, Sendable {
    /// Entry i is the least length that the service speaks unasked, of its chunk i; the last repeats.
    /// Empty: each message is spoken at once.
    var schedule: [Int]
    /// How long a sentence may wait for the schedule to be filled; the first of a turn is waited for.
    var patience = Duration.milliseconds(250)
    /// Of the first: whoever has written the whole text has done so by then.
    var firstPatience = Duration.milliseconds(30)
    /// How long a sentence without its end waits for more; a word that may go on four times as long.
    var pause: Duration
    /// ISO 639-1.
    var language: String?
  }

  /// What goes out together.
  struct Message: Equatable, Sendable {
    /// Empty: only what was sent is flushed.
    var text = ""
    var flush = false
  }

  private let rules: Rules
  private var splitter: SentenceSplitter
  /// Fit to be sent.
  private var ready = ""
  /// Scalars that the service may be holding.
  private var held = 0
  /// The service's chunk that they will be.
  private var step = 0
  private var flushDue: ContinuousClock.Instant?
  private var lastText: ContinuousClock.Instant?
  /// A blank was sent that the text has not brought yet.
  private var owesBlank = false

  init(_ rules: Rules) {
    self.rules = rules
    splitter = SentenceSplitter(language: rules.language, pieceLimit: Self.longestPiece)
  }

  /// Scalars for which a sentence is cut.
  private static let longestPiece = 400

  /// When `tick` is due.
  var deadline: ContinuousClock.Instant? {
    [flushDue, pauseDeadline].compactMap(\.self).min()
  }

  private var pauseDeadline: ContinuousClock.Instant? {
    guard let lastText else { return nil }
    if splitter.isPendingSpeakable { return lastText + rules.pause }
    return splitter.hasOpenWord ? lastText + wordPause : nil
  }

  private var wordPause: Duration { rules.pause * 4 }

  mutating func append(_ text: String, at now: ContinuousClock.Instant) {
    guard !text.isEmpty else { return }
    lastText = now
    ready += splitter.append(text).joined()
  }

  /// Gives up waiting where it is time.
  mutating func tick(at now: ContinuousClock.Instant) {
    guard let due = pauseDeadline, let lastText, now >= due else { return }
    ready += splitter.release(cutsWords: now >= lastText + wordPause).joined()
    // The writer has paused: what is there is all there is.
    flushDue = now
  }

  /// What is to be sent now.
  ///
  /// - Parameter isLast: the text is complete; it is for the caller to tell the service so.
  mutating func take(isLast: Bool, at now: ContinuousClock.Instant) -> Message? {
    if isLast {
      ready += splitter.finish().joined()
      (flushDue, lastText) = (nil, nil)
    }
    var message = Message(text: nextText(isLast: isLast))
    guard !isLast else { return message.text.isEmpty ? nil : message }
    note(message.text, at: now)
    if let due = flushDue, now >= due {
      flushDue = nil
      message.flush = held > 0
      if held > 0 { (held, step) = (0, step + 1) }
    }
    return message == Message() ? nil : message
  }

  private mutating func nextText(isLast: Bool) -> String {
    guard !ready.isEmpty else { return "" }
    var text = ready
    ready = ""
    if owesBlank, text.first == " " { text.removeFirst() }
    owesBlank = false
    // Scripts without blanks between words want none here either.
    let isUnspaced = text.unicodeScalars.last(where: \.isSpeakable)?.isUnspaced ?? false
    if !isLast, !isUnspaced, let last = text.unicodeScalars.last, !last.isWhite {
      text += " "
      owesBlank = true
    }
    return text
  }

  private mutating func note(_ text: String, at now: ContinuousClock.Instant) {
    guard !text.isEmpty, let least = rules.schedule.last else { return }
    let isFirst = held == 0 && step == 0
    held += text.unicodeScalars.count
    let due = step < rules.schedule.count ? rules.schedule[step] : least
    guard held < due else {
      // It speaks all of it: each message ends where a sentence does.
      held = 0
      step += 1
      flushDue = nil
      return
    }
    if flushDue == nil { flushDue = now + (isFirst ? rules.firstPatience : rules.patience) }
  }
}
