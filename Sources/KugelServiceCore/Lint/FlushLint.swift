import KugelText
import KugelWire

/// Looks on what one client says over a socket, and notices where it has a text spoken in pieces: each
/// flush makes what it ends an utterance of its own.
///
/// Pure. Source: ElevenLabs notes, sections 7.5 and 13.2; protocol notes, section 5.
package struct FlushLint: Sendable {
  package enum Rule: String, CaseIterable, Sendable {
    case withinSentence = "flush-in-sentence"
    case perSentence = "flush-per-sentence"

    /// What is wrong, and what to do; a sentence without its full stop.
    package var advice: String {
      switch self {
      case .withinSentence:
        "a flush within a sentence tears it: each piece is spoken as an utterance of its own; flush once, "
          + "at the end of the turn"
      case .perSentence:
        "a flush ends the turn here: each sentence begins anew, with other melody and more delay; send the "
          + "texts as they come and flush once, at the end of the turn"
      }
    }
  }

  /// What was seen, and in which message.
  package struct Finding: Equatable, Sendable {
    package let rule: Rule
    /// Of the connection, counted from 1.
    package let line: Int
    /// The text that was flushed, its beginning.
    package let text: String

    /// For people.
    package var sentence: String { "\(rule.rawValue), line \(line), “\(text)”: \(rule.advice)" }
  }

  private struct Stream {
    /// Since the last flush.
    var text = ""
    /// In a row: flushes within a sentence, and messages that brought a text and its flush.
    var torn = 0
    var whole = 0
  }

  /// Whether a flush ends a turn there.
  private let flushEndsTurn: Bool
  private var streams: [String: Stream] = [:]
  private var line = 0
  private var told: Set<Rule> = []

  /// Flushes in a row that are no accident.
  private static let patience = 3
  private static let longestExcerpt = 40
  /// Bytes of a text of which not all is kept, and streams that are looked on at once: a client may send as much
  /// as it likes.
  private static let (longestText, mostStreams) = (4_000, 256)

  /// Bytes of texts held in memory.
  package var heldBytes: Int { streams.values.reduce(0) { $0 + $1.text.utf8.count } }

  /// - Parameter flushEndsTurn: whether a flush ends a turn there.
  package init(flushEndsTurn: Bool) { self.flushEndsTurn = flushEndsTurn }

  /// The next message.
  ///
  /// - Returns: what is wrong, the first time that it is.
  package mutating func note(_ frame: ClientFrame) -> Finding? {
    line += 1
    let name = frame.context ?? ""
    if frame.cancel || frame.closeContext || frame.closeSocket {
      streams[name] = nil
      return nil
    }
    guard streams[name] != nil || streams.count < Self.mostStreams else { return nil }
    var stream = streams[name] ?? Stream()
    defer { streams[name] = stream }
    let text = frame.text ?? ""
    stream.text += text
    if stream.text.utf8.count > Self.longestText {
      // How it begins is told, how it ends is judged.
      stream.text = String(stream.text.prefix(200)) + String(stream.text.suffix(200))
    }
    guard frame.flush, SentenceSplitter.hasSound(stream.text) else { return nil }
    let flushed = stream.text
    stream.text = ""
    if Self.isTorn(flushed) {
      stream.torn += 1
      stream.whole = 0
      return stream.torn >= Self.patience ? finding(.withinSentence, flushed) : nil
    }
    stream.torn = 0
    guard flushEndsTurn, text == flushed else {
      stream.whole = 0
      return nil
    }
    stream.whole += 1
    return stream.whole >= Self.patience ? finding(.perSentence, flushed) : nil
  }

  /// Whether it ends within a sentence.
  private static func isTorn(_ text: String) -> Bool {
    guard let last = text.unicodeScalars.last(where: { !$0.properties.isWhitespace }) else {
      return false
    }
    return last.properties.isAlphabetic || last.properties.numericType != nil
      || [",", ";", "-", "–", "—"].contains(last)
  }

  private mutating func finding(_ rule: Rule, _ text: String) -> Finding? {
    guard told.insert(rule).inserted else { return nil }
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let excerpt = line.count > Self.longestExcerpt ? line.prefix(Self.longestExcerpt) + "…" : line
    return Finding(rule: rule, line: self.line, text: String(excerpt))
  }
}
