import KugelText

/// A noun that is counted.
struct CountedNoun: Equatable, Sendable {
  var one: String
  /// Of two to four where a language tells them apart.
  var few: String
  var many: String
  /// Of broken numbers where a language tells them apart.
  var part: String
  var gender = NumberGender.masculine

  init(
    _ one: String, _ many: String, few: String? = nil, part: String? = nil,
    _ gender: NumberGender = .masculine
  ) {
    self.one = one
    self.many = many
    self.few = few ?? many
    self.part = part ?? many
    self.gender = gender
  }

  /// Reads "km=kilometre|kilometres" or, with few and part, "km=kilometr|kilometry|kilometrów|kilometra";
  /// entries end with `;`, those of feminine nouns begin with `+`, of neuter ones with `~`.
  static func table(_ text: String) -> [String: CountedNoun] {
    var nouns: [String: CountedNoun] = [:]
    for entry in text.split(separator: ";") {
      let sides = entry.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { continue }
      var key = String(sides[0]).trimmed
      var gender = NumberGender.masculine
      if key.hasPrefix("+") { gender = .feminine }
      if key.hasPrefix("~") { gender = .neuter }
      if gender != .masculine { key.removeFirst() }
      let forms = sides[1].split(separator: "|").map(String.init)
      guard let one = forms.first else { continue }
      nouns[key] =
        forms.count > 3
        ? CountedNoun(one, forms[2], few: forms[1], part: forms[3], gender)
        : CountedNoun(one, forms.count > 1 ? forms[1] : one, gender)
    }
    return nouns
  }
}
