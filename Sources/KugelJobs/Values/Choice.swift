/// One value an option may have.
package struct Choice: Equatable, Sendable {
  /// What is written, or how it begins.
  package let word: String
  /// How the rest of the value is called, as in `idle:MS`; empty when the word is whole.
  package let rest: String
  /// A fragment without a stop.
  package let meaning: String

  package init(_ word: String, rest: String = "", _ meaning: String) {
    self.word = word
    self.rest = rest
    self.meaning = meaning
  }

  package var shown: String { word + rest }
}

/// An enumeration that an option chooses from; the raw value is what is written.
package protocol ChoiceValue: RawRepresentable<String>, CaseIterable, SendableMetatype {
  /// A fragment without a stop.
  var meaning: String { get }
}

extension ChoiceValue {
  package static var choices: [Choice] { allCases.map { Choice($0.rawValue, $0.meaning) } }
}
