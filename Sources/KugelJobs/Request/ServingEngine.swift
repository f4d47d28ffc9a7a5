/// What speaks behind `kugel serve`, by its `--engine` name.
package enum ServingEngine: String, ChoiceValue, Sendable {
  case espeak
  case tone

  package var meaning: String {
    switch self {
    case .espeak: "espeak-ng, over a hundred languages; the default"
    case .tone: EngineName.tone.meaning
    }
  }

  package var name: EngineName {
    switch self {
    case .espeak: .espeak
    case .tone: .tone
    }
  }
}
