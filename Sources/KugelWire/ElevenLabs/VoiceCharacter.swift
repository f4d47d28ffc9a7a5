/// How a voice of ElevenLabs is to sound; absent fields are the voice's own.
///
/// Source: ElevenLabs notes, section 5.1.
package struct VoiceCharacter: Equatable, Sendable {
  /// 0...1; lower is more varied.
  package var stability: Double?
  /// 0...1.
  package var similarityBoost: Double?
  /// 0...1.
  package var style: Double?
  package var speakerBoost: Bool?

  package init() {}

  package var isEmpty: Bool { self == VoiceCharacter() }

  package mutating func merge(_ newer: VoiceCharacter) {
    stability = newer.stability ?? stability
    similarityBoost = newer.similarityBoost ?? similarityBoost
    style = newer.style ?? style
    speakerBoost = newer.speakerBoost ?? speakerBoost
  }
}
