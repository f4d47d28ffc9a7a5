import KugelWire

extension ServiceAPI {
  /// Source: protocol notes, section 3.5.
  func answer(
    _ route: Route, _ method: String, _ call: APIRequest, _ store: inout DictionaryStore,
    _ now: Int
  ) throws(ServiceError) -> APIResponse {
    let project = try call.query.integer("project_id")
    switch (route, method) {
    case (.dictionaries, "GET"):
      let found = store.list(project: project)
      return .json { writer in
        writer.array("dictionaries", found) { writer, dictionary in
          writer.object { $0.members(of: dictionary) }
        }
      }
    case (.dictionaries, _):
      let draft = try KugelCodec.read(call.body) { try $0.dictionaryDraft() }
      let made = try store.create(draft, project: project, at: now)
      return .json(201) { $0.members(of: made) }
    case (.dictionary(let id), "GET"):
      let found = try store.dictionary(id, project: project)
      return .json { $0.members(of: found) }
    case (.dictionary(let id), "PATCH"):
      let draft = try KugelCodec.read(call.body) { try $0.dictionaryDraft() }
      let changed = try store.update(id, draft, project: project, at: now)
      return .json { $0.members(of: changed) }
    case (.dictionary(let id), _):
      try store.delete(id, project: project)
      return .json { $0.field("deleted", true) }
    case (.entries(let id), "GET"):
      return try entries(of: try store.dictionary(id, project: project), call.query)
    case (.entries(let id), "POST"):
      let draft = try KugelCodec.read(call.body) { try $0.entryDraft() }
      let made = try store.add(draft, to: id, project: project, at: now)
      return .json(201) { $0.members(of: made, in: id) }
    case (.entries(let id), _):
      let drafts = try KugelCodec.read(call.body) { fields in
        try fields.objects("entries")?.map { try $0.entryDraft() }
      }
      guard let drafts else { throw .validation("entries is required") }
      let result = try store.replaceEntries(of: id, with: drafts, project: project, at: now)
      return .json { writer in
        writer.field("upserted", result.upserted)
        writer.field("deleted", result.deleted)
        writer.field("total", result.total)
      }
    case (.entry(let entry, let id), "PATCH"):
      let draft = try KugelCodec.read(call.body) { try $0.entryDraft() }
      let changed = try store.update(entry: entry, of: id, draft, project: project, at: now)
      return .json { $0.members(of: changed, in: id) }
    case (.entry(let entry, let id), _):
      try store.delete(entry: entry, of: id, project: project, at: now)
      return .json { $0.field("deleted", true) }
    default: throw .notFound("Path")
    }
  }

  private func entries(
    of dictionary: ReplacementDictionary, _ query: QueryItems
  ) throws(ServiceError) -> APIResponse {
    let limit = try query.integer("limit", default: 100, in: 1...500)
    let offset = try query.integer("offset", default: 0, in: 0...Int.max)
    let search = query["search"]?.lowercased() ?? ""
    guard search.unicodeScalars.count <= 200 else {
      throw .validation("search must be at most 200 characters")
    }
    let found = dictionary.entries.filter { entry in
      search.isEmpty || entry.word.lowercased().contains(search)
    }
    return .json { writer in
      writer.array("entries", Array(found.dropFirst(offset).prefix(limit))) { writer, entry in
        writer.object { $0.members(of: entry, in: dictionary.id) }
      }
      writer.field("total", found.count)
      writer.field("limit", limit)
      writer.field("offset", offset)
    }
  }
}

extension WireFields {
  fileprivate func dictionaryDraft() throws(FieldError) -> DictionaryDraft {
    DictionaryDraft(
      name: try string("name"), description: try string("description"),
      language: try string("language"), isActive: try boolean("is_active"))
  }

  fileprivate func entryDraft() throws(FieldError) -> EntryDraft {
    EntryDraft(
      word: try string("word"), replacement: try string("replacement"), ipa: try string("ipa"),
      caseSensitive: try boolean("case_sensitive"))
  }
}

extension JSONWriter {
  fileprivate mutating func members(of dictionary: ReplacementDictionary) {
    field("id", dictionary.id)
    field("project_id", dictionary.project)
    field("name", dictionary.name)
    nullable("description", dictionary.description)
    nullable("language", dictionary.language)
    field("is_active", dictionary.isActive)
    field("created_at", timestamp(dictionary.createdAt))
    field("updated_at", timestamp(dictionary.updatedAt))
  }

  fileprivate mutating func members(of entry: ReplacementDictionary.Entry, in dictionary: Int) {
    field("id", entry.id)
    field("dictionary_id", dictionary)
    field("word", entry.word)
    nullable("replacement", entry.replacement)
    nullable("ipa", entry.ipa)
    field("case_sensitive", entry.caseSensitive)
    field("created_at", timestamp(entry.createdAt))
    field("updated_at", timestamp(entry.updatedAt))
  }
}
