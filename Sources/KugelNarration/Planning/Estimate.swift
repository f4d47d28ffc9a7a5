import KugelText

/// What it will be, before anything is made.
package struct Estimate: Equatable, Sendable {
  package var items = 0
  /// Unicode scalars that are sent.
  package var characters = 0
  package var words = 0
  package var seconds = 0.0

  package init() {}

  package mutating func add(_ text: SourcedText, pace: SpeechPace, language: String?) {
    items += 1
    characters += text.count
    words += text.scalars.split(whereSeparator: \.isWhite).count {
      $0.contains(where: \.isSpeakable)
    }
    for block in text.blocks() {
      for sentence in text.sentences(in: block.range, language: language, limit: .max) {
        seconds += pace.seconds(of: text.scalars[sentence])
      }
    }
  }

  package mutating func add(_ other: Estimate) {
    items += other.items
    characters += other.characters
    words += other.words
    seconds += other.seconds
  }
}

/// What a service asks for a text.
package struct Tariff: Equatable, Sendable {
  /// For 1000 characters.
  package var price: Double
  /// As users write it, such as `EUR`; may be empty.
  package var currency: String

  /// Reads `0.05`, `0.05EUR` or `0.05 EUR`.
  package init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let rest = String(text.dropFirst(digits.count)).trimmed
    guard let price = Double(digits), price.isFinite, rest.count <= 8,
      rest.allSatisfy({ !$0.isNumber && !$0.isWhitespace })
    else { return nil }
    (self.price, currency) = (price, rest)
  }

  /// To a hundredth, such as `12.30 EUR`.
  package func cost(of characters: Int) -> String {
    let hundredths = Int((Double(characters) / 1000 * price * 100).rounded())
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    return "\(whole).\(rest < 10 ? "0" : "")\(rest)" + (currency.isEmpty ? "" : " \(currency)")
  }
}
