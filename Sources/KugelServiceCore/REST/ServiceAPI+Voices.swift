import KugelWire

extension ServiceAPI {
  /// Source: protocol notes, section 3.3. All voices are public and premade: nobody has own ones.
  func listing(_ query: QueryItems) throws(ServiceError) -> APIResponse {
    let limit = try query.integer("limit", default: 20, in: 1...100)
    let offset = try query.integer("offset", default: 0, in: 0...Int.max)
    let language = query["language"]?.lowercased()
    let category = query["category"]
    let isWanted = try query.boolean("include_public", default: true)
    let found = voices.all.filter { voice in
      isWanted && category ?? VoiceFields.category == VoiceFields.category
        && (language.map(voice.languages.contains) ?? true)
    }
    return .json { writer in
      writer.array("voices", Array(found.dropFirst(offset).prefix(limit))) { writer, voice in
        writer.object { $0.members(of: voice, inDetail: false) }
      }
      writer.field("total", found.count)
      writer.field("limit", limit)
      writer.field("offset", offset)
    }
  }
}

private enum VoiceFields {
  /// The only one that fits; official clients turn those that they do not know into `cloned`.
  static let category = "premade"
}

extension JSONWriter {
  mutating func members(of voice: ListedVoice, inDetail: Bool) {
    field("id", voice.id)
    field("voice_id", voice.id)
    nullable("handle", voice.handle)
    null("public_id")
    field("name", voice.name)
    field("description", voice.description)
    field("category", VoiceFields.category)
    field("sex", (voice.sex ?? .neutral).rawValue)
    null("age")
    field("quality", "mid")
    field("supported_languages", voice.languages)
    null("sample_text")
    null("sample_url")
    null("avatar_url")
    field("is_public", true)
    field("verified", true)
    field("pending_verification", false)
    if inDetail { field("generative_voice_description", "") }
  }

  mutating func nullable(_ name: StaticString, _ value: String?) {
    if value == nil { null(name) } else { field(name, value) }
  }
}
