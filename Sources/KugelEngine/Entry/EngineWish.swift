import KugelText

/// What is known of who is to speak, while nobody is named and no engine is opened.
package struct EngineWish: Sendable {
  package var voice: VoiceReference?
  /// A language tag; without it texts are English.
  package var language: String?
  /// Values of the engines' own options, by their names.
  package var options: [String: String] = [:]
  /// Reads a variable of the environment.
  package var variable: @Sendable (String) -> String?
  /// Takes a sentence about a voice that would have spoken, and cannot be used.
  package var tell: @Sendable (String) -> Void = { _ in }

  package init(
    voice: VoiceReference? = nil, language: String? = nil,
    _ variable: @escaping @Sendable (String) -> String?
  ) {
    self.voice = voice
    self.language = language
    self.variable = variable
  }
}
