import KugelGuide
import KugelJobs
import KugelReading
import KugelScreen

/// What is said of a text, for `kugel help text`.
enum TextManual {
  static var text: String {
    let specs = TextOptions.flags.map(\.spec)
    let policies = specs.filter { ["code", "tables", "links", "emoji"].contains($0.long) }
    let lists = policies.map { spec in
      "\(spec.dashed): \(spec.help)\n" + rows(spec.choices.fixed)
    }
    return "Text, and what is said of it\n\n--filter LIST, in the order of their work\n"
      + rows(TextFilters.Names.choices) + "\n" + lists.joined(separator: "\n") + "\n"
      + TextRules.text
  }

  private static func rows(_ choices: [Choice]) -> String {
    Columns.text(choices.map { ["  " + $0.word, $0.meaning] }, within: Columns.usualWidth)
  }
}
