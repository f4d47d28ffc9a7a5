/// Which protocol a service elsewhere speaks.
///
/// Source: protocol notes of KugelAudio; ElevenLabs notes.
package enum Dialect: CaseIterable, Equatable, Sendable {
  case kugelAudio
  case elevenLabs
}
