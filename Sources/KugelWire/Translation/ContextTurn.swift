import KugelText

/// A turn whose text goes to contexts of a service, one for each part that a pause of ours follows.
struct ContextTurn: Equatable, Sendable {
  /// A part, in a context of its own.
  private struct Part: Equatable, Sendable {
    /// Milliseconds of silence before it.
    var pause: Int
    var text = ""
  }

  let settings: TurnSettings
  /// nil: the service reads all markup.
  private var remover: MarkupRemover?
  /// Fit to be sent, of the part under way.
  var text = ""
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

  init(_ settings: TurnSettings, removing remover: MarkupRemover?) {
    self.settings = settings
    self.remover = remover
    rate = settings.delivery.rate
  }

  /// Another part follows the one under way.
  var hasLater: Bool { !later.isEmpty }

  var totals: TurnTotals { TurnTotals(audioSeconds: Double(samples) / Double(rate)) }

  mutating func take(_ text: String) { append(remover?.take(text) ?? [.text(text)]) }

  /// Its text is complete.
  mutating func end() {
    append(remover?.finish() ?? [])
    isEnded = true
  }

  private mutating func append(_ pieces: [MarkupRemover.Piece]) {
    for piece in pieces {
      switch piece {
      case .pause(let milliseconds): later.append(Part(pause: milliseconds))
      case .text(let text):
        if later.isEmpty { self.text += text } else { later[later.count - 1].text += text }
      }
    }
  }

  mutating func heard(_ frame: AudioFrame) {
    samples += frame.samples.count
    rate = frame.rate
  }

  /// The part under way has been said.
  ///
  /// - Returns: the silence before the next one, as a chunk without words.
  mutating func beginNextPart() -> [ServiceMessage] {
    let part = later.removeFirst()
    text = part.text
    context = nil
    isClosing = false
    let count = rate * part.pause / 1000
    samples += count
    return numbers.silence(count, rate: rate)
  }
}
