import KugelJSON
import KugelText

/// A list of voices, as the answer to `GET /v1/audio/voices`.
///
/// Source: OpenAI notes, section 5.
package struct OpenAIVoices {
  /// Those of OpenAI itself, which has no list; other servers know most of them.
  package static let usual = [
    "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage",
    "shimmer", "verse",
  ]

  package let voices: [Voice]

  package init(names: [String]) { self.init(names.map { ($0, $0) }) }

  private init(_ entries: [(id: String, name: String)]) {
    voices = entries.enumerated().map { index, entry in
      var voice = Voice(id: index + 1, name: entry.name, languages: [], handle: entry.id)
      voice.isCalledByHandle = true
      return voice
    }
  }

  /// - Returns: nil when `body` is not such a list.
  package init?(body: [UInt8]) {
    guard let list = try? JSONReader().read(List.self, from: body) else { return nil }
    let uploaded = (list.uploaded ?? []).map { ($0.id, $0.name ?? $0.id) }
    self.init(list.voices.map { ($0.id, $0.name ?? $0.id) } + uploaded)
  }

  private struct List: Decodable {
    var voices: [Entry]
    var uploaded: [Entry]?

    enum CodingKeys: String, CodingKey {
      case voices
      case uploaded = "uploaded_voices"
    }
  }

  /// A name, or an object with an id or at least a name.
  private struct Entry: Decodable {
    var id: String
    var name: String?

    init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        id = name
        return
      }
      let members = try decoder.container(keyedBy: CodingKeys.self)
      name = try? members.decodeIfPresent(String.self, forKey: .name)
      let id =
        (try? members.decodeIfPresent(String.self, forKey: .id))
        ?? (try? members.decodeIfPresent(String.self, forKey: .voiceID)) ?? name
      guard let id else {
        throw DecodingError.keyNotFound(
          CodingKeys.id,
          DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no id"))
      }
      self.id = id
    }

    enum CodingKeys: String, CodingKey {
      case id, name
      case voiceID = "voice_id"
    }
  }
}
