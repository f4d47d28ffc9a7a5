/// Gives each item of a run its file. Names follow from the order of the input alone.
package struct ItemNames: Sendable {
  package var template: NameTemplate?
  /// Without its stop.
  package var ending: String
  /// Of the request, where an item has none of its own; may be empty.
  package var voice: String
  package var language: String
  /// Sources of which several items come, or that have no name of their own.
  package var numbered: Set<String>

  /// Texts of the run, with those that could not be read.
  package var total = 0

  package init(
    template: NameTemplate?, ending: String, voice: String, language: String,
    numbered: Set<String>
  ) {
    self.template = template
    self.ending = ending
    self.voice = voice
    self.language = language
    self.numbered = numbered
  }

  /// - Returns: for each item its file, below the directory.
  package func names(of items: [NarrationItem]) -> [String] {
    items.map { item in
      let values = NameTemplate.Values(
        number: item.number, count: max(total, items.count), stem: stem(of: item),
        slug: slug(of: item),
        voice: item.wish.voice ?? voice, language: item.wish.language ?? language, ending: ending)
      if let name = item.wish.name {
        return name.lowercased().hasSuffix(".\(ending)") ? name : "\(name).\(ending)"
      }
      let usual = numbered.contains(item.source) ? NameTemplate.numbered : .whole
      let name = (template ?? usual).name(values)
      return template?.hasEnding == false ? "\(name).\(ending)" : name
    }
  }

  private func stem(of item: NarrationItem) -> String {
    item.source == "-" ? "" : FileName.stem(of: item.source)
  }

  private func slug(of item: NarrationItem) -> String {
    let words =
      item.wish.title ?? item.title
      ?? item.text.beginning(240)
    return Slug.of(words)
  }

  /// For each item why it cannot have its name; the first of several with one name has it.
  package static func refusals(
    _ names: [String], of items: [NarrationItem]
  ) -> [ItemDecision.Refusal?] {
    var owners: [String: Int] = [:]
    var refusals: [ItemDecision.Refusal?] = []
    for (index, name) in names.enumerated() {
      if let obstacle = FileName.obstacle(name) {
        refusals.append(.badName(obstacle))
      } else if let owner = owners[name] {
        refusals.append(.collision(items[owner].place))
      } else {
        owners[name] = index
        refusals.append(nil)
      }
    }
    return refusals
  }
}
