import KugelJSON
import KugelText

/// The voices of an ElevenLabs account, from the answer to `GET /v1/voices`.
///
/// Source: ElevenLabs notes, section 6.6.
package struct ElevenLabsVoices {
  package let voices: [Voice]

  /// - Returns: nil when `body` is not such a list.
  package init?(body: [UInt8]) {
    guard let list = try? JSONReader().read(List.self, from: body) else { return nil }
    voices = list.voices.enumerated().map { index, entry in
      var voice = Voice(
        id: index + 1, name: entry.name, languages: entry.languages,
        sex: entry.labels?["gender"]?.flatMap(Voice.Sex.init), handle: entry.id)
      voice.isCalledByHandle = true
      return voice
    }
  }

  private struct List: Decodable { var voices: [Entry] }

  private struct Entry: Decodable {
    var id: String
    var name: String
    var labels: [String: String?]?
    var verified: [Language]?

    var languages: [String] {
      var languages = (labels?["language"] ?? nil).map { [$0] } ?? []
      for verified in verified ?? [] {
        if let language = verified.language, !languages.contains(language) {
          languages.append(language)
        }
      }
      return languages
    }

    enum CodingKeys: String, CodingKey {
      case id = "voice_id"
      case name, labels
      case verified = "verified_languages"
    }
  }

  private struct Language: Decodable { var language: String? }
}
