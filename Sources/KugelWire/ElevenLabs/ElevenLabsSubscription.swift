import KugelJSON

/// What an ElevenLabs account may still speak, from the answer to `GET /v1/user/subscription`.
///
/// Source: ElevenLabs notes, section 6.
package struct ElevenLabsSubscription: Decodable, Equatable, Sendable {
  package var characterCount: Int
  package var characterLimit: Int

  /// - Returns: nil when `body` is no such answer.
  package init?(body: [UInt8]) {
    guard let found = try? JSONReader().read(Self.self, from: body) else { return nil }
    self = found
  }

  private enum CodingKeys: String, CodingKey {
    case characterCount = "character_count"
    case characterLimit = "character_limit"
  }
}
