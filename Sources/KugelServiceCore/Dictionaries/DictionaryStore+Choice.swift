import KugelWire

extension DictionaryStore {
  /// Why a request's dictionaries cannot be used; nil when they can.
  ///
  /// Every key may use every project, so a project is never refused.
  ///
  /// Source: protocol notes, section 4.2.
  package func refusal(of settings: TurnSettings) -> ServiceError? {
    let project = settings.projectID ?? Self.defaultProject
    for id in settings.dictionaryIDs ?? [] {
      guard dictionaries.contains(where: { $0.id == id && $0.project == project }) else {
        return .validation("dictionary_ids: \(id) is not a dictionary of project \(project)")
      }
    }
    return nil
  }

  /// The dictionaries of a turn: those that it names, even inactive ones, or else all active ones of
  /// the project that suit the language. Without a project there are none.
  ///
  /// - Parameter language: ISO 639-1, what the turn is spoken in.
  ///
  /// Source: protocol notes, section 4.2.
  package func choice(
    project: Int?, ids: [Int]?, language: String?
  ) -> [ReplacementDictionary] {
    guard let project else { return [] }
    let candidates = list(project: project)
    guard let ids else {
      return candidates.filter { dictionary in
        dictionary.isActive && suits(dictionary.language, language)
      }
    }
    return ids.compactMap { id in candidates.first { $0.id == id } }
  }

  private func suits(_ dictionary: String?, _ spoken: String?) -> Bool {
    guard let dictionary, !dictionary.isEmpty, let spoken else { return true }
    return dictionary.lowercased().prefix { $0 != "-" } == spoken.lowercased().prefix { $0 != "-" }
  }
}
