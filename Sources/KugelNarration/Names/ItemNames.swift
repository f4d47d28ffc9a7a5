/// Gives each item of a run its file. Names follow from the order of the input alone.
package struct ItemNames: Sendable {
  package var template: NameTemplate?
  /// Without its stop.
  package var ending: String
  /// Of all sounds, so that a list may name its files after those of another format.
  package var endings: Set<String> = []
  /// Where an item has none of its own; may be empty.
  package var voice: String
  package var language: String
  /// The voice that speaks a language, where an item has no voice of its own and another language.
  package var voices: [String: String] = [:]
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
        voice: item.wish.voice ?? item.wish.language.flatMap { voices[$0] } ?? voice,
        language: item.wish.language ?? language, ending: ending)
      if let name = item.wish.name { return ended(name) }
      let usual = numbered.contains(item.source) ? NameTemplate.numbered : .whole
      let name = (template ?? usual).name(values)
      return template?.hasEnding == false ? ended(name) : name
    }
  }

  private func ended(_ name: String) -> String {
    guard let other = FileName.ending(of: name) else { return "\(name).\(ending)" }
    if other == ending { return name }
    return endings.contains(other)
      ? FileName.changing(name, ending: ending) : "\(name).\(ending)"
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
    // Of those files.
    var folders: Set<String> = []
    var refusals: [ItemDecision.Refusal?] = []
    for (index, name) in names.enumerated() {
      if let obstacle = FileName.obstacle(name) {
        refusals.append(.badName(obstacle))
      } else if let owner = owners[name] {
        refusals.append(.collision(items[owner].place))
      } else if folders.contains(name) {
        refusals.append(.badName("that is the folder of another item"))
      } else if let file = FileName.folders(of: name).first(where: { owners[$0] != nil }) {
        refusals.append(.badName("\(file) is the file of another item"))
      } else {
        owners[name] = index
        folders.formUnion(FileName.folders(of: name))
        refusals.append(nil)
      }
    }
    return refusals
  }
}
