/// One piece of text for an engine, with everything that decides how it sounds.
///
/// A blank line that it begins or ends with is the end of a paragraph, for engines that pause there.
package struct Utterance: Equatable, Sendable {
  /// Words a minute at speed 1.
  package static let normalRate = 175

  package var text: String
  /// `Voice.id` of the engine's catalogue.
  package var voice: Int
  /// ISO 639-1; nil means the voice's own language.
  package var language: String?
  /// 1 is the voice's normal pace; pitch is kept.
  package var speed: Double
  /// 0...100, 50 is the voice's own; only engines with a pitch control look at it.
  package var pitch: Int
  package var wantsWordTimes: Bool
  /// Whether the pause is spoken that belongs behind the text; not so where one of another length follows.
  package var pausesAtEnd = true

  package init(
    text: String, voice: Int, language: String? = nil, speed: Double = 1, pitch: Int = 50,
    wantsWordTimes: Bool = false
  ) {
    self.text = text
    self.voice = voice
    self.language = language
    self.speed = speed
    self.pitch = pitch
    self.wantsWordTimes = wantsWordTimes
  }
}
