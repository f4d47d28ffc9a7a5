import KugelText
import KugelWire

/// A turn whose text goes to contexts of a service, one for each part that a pause of ours follows or that is
/// said at another speed: that is a context's.
struct ContextTurn: Sendable {
  /// A part, in a context of its own.
  private struct Part: Equatable, Sendable {
    /// Milliseconds of silence before it.
    var pause: Int
    /// nil: the turn's.
    var speed: Double?
    var text = ""
  }

  let settings: TurnSettings
  /// Of the part under way, where it is not the turn's.
  private var speed: Double?
  /// What the next word is said at; nil where nothing changes.
  private var nextSpeed: Double??
  /// nil: the service reads all markup.
  private var remover: MarkupRemover?
  /// Of the part under way, as far as its context has not been given it.
  private(set) var text = ""
  /// The part's way to its context.
  private var feed: SentenceFeed
  private let feeding: SentenceFeed.Rules
  /// What is behind it.
  private var later: [Part] = []
  /// Whether its text is complete.
  private(set) var isEnded = false
  /// Whether the service knows that, of the part under way.
  var isClosing = false
  /// Set once the context is open.
  var context: String?
  private(set) var samples = 0
  private var rate: Int
  var numbers = PartNumbers()

  init(
    _ settings: TurnSettings, removing remover: MarkupRemover?, feeding: SentenceFeed.Rules
  ) {
    self.settings = settings
    self.remover = remover
    self.feeding = feeding
    feed = SentenceFeed(feeding)
    rate = settings.delivery.rate
  }

  /// Those of the part under way.
  var partSettings: TurnSettings {
    var settings = settings
    settings.speed = speed ?? settings.speed
    return settings
  }

  /// Another part follows the one under way.
  var hasLater: Bool { !later.isEmpty }

  /// Its context takes text.
  private var takesText: Bool { context != nil && !isClosing }
  /// When what waits for its sentence's end, or for the service, waits no longer.
  var deadline: ContinuousClock.Instant? { takesText ? feed.deadline : nil }

  /// What its context is to be given now.
  mutating func nextMessage(at now: ContinuousClock.Instant) -> SentenceFeed.Message? {
    guard takesText else { return nil }
    feed.append(text, at: now)
    text = ""
    return feed.take(isLast: isEnded || hasLater, at: now)
  }

  mutating func tick(at now: ContinuousClock.Instant) { if takesText { feed.tick(at: now) } }

  mutating func take(_ text: String) { append(remover?.take(text) ?? [.text(text)]) }

  /// Its text is complete.
  mutating func end() {
    append(remover?.finish() ?? [])
    isEnded = true
  }

  private mutating func append(_ pieces: [MarkupRemover.Piece]) {
    for piece in pieces {
      switch piece {
      case .pause(let milliseconds):
        let last = later.last.map(\.speed) ?? speed
        later.append(Part(pause: milliseconds, speed: nextSpeed ?? last))
        nextSpeed = nil
      case .speed(let speed): nextSpeed = .some(speed)
      case .text(let text): append(text)
      }
    }
  }

  /// A mark behind a span belongs to it: nothing is said of a mark alone.
  private mutating func append(_ text: String) {
    var rest = Substring(text)
    if let next = nextSpeed, let first = text.unicodeScalars.firstIndex(where: \.isSpeakable) {
      nextSpeed = nil
      if next != later.last.map(\.speed) ?? speed {
        extend(by: String(text[..<first]))
        rest = text[first...]
        if later.isEmpty, self.text.unicodeScalars.allSatisfy(\.isWhite), context == nil {
          speed = next
        } else {
          later.append(Part(pause: 0, speed: next))
        }
      }
    }
    extend(by: String(rest))
  }

  private mutating func extend(by text: String) {
    if later.isEmpty { self.text += text } else { later[later.count - 1].text += text }
  }

  mutating func heard(_ frame: AudioFrame) {
    samples += frame.samples.count
    rate = frame.rate
  }

  /// The part under way has been said.
  ///
  /// - Returns: the silence before the next one, if there is any, as a chunk without words.
  mutating func beginNextPart() -> [ServiceMessage] {
    let part = later.removeFirst()
    (text, speed) = (part.text, part.speed)
    context = nil
    isClosing = false
    feed = SentenceFeed(feeding)
    guard part.pause > 0 else {
      numbers.beginPart()
      return []
    }
    let count = rate * part.pause / 1000
    samples += count
    return numbers.silence(count, rate: rate)
  }
}
