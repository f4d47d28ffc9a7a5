import KugelJobs
import KugelReading

/// What is done with a text before it is spoken.
package struct TextOptions: OptionGroup {
  package var request = TextRequest()

  package init() {}
  package static let heading = "Text"
  package static var flags: [Flag<TextOptions>] {
    [
      filter,
      .onOff("raw-text", nil, \.request.isRaw, help: "speak the text as it is, signs and all")
        .detail("Not even escape sequences of terminals are taken out, nor letters put in order."),
      .choice(
        "code", nil, "HOW", \.request.code, help: "what is said of code and formulas in Markdown"
      )
      .detail("`name` unless told otherwise.").configurable,
      .choice("tables", nil, "HOW", \.request.tables, help: "what is said of tables in Markdown")
        .detail("`read` unless told otherwise.").configurable,
      .choice("links", nil, "HOW", \.request.links, help: "what is said of links")
        .detail("`host` unless told otherwise. Given, it adds `url` to the filters.").configurable,
      .choice("emoji", nil, "HOW", \.request.emoji, help: "what is said of emoji")
        .detail("`drop` unless told otherwise. Given, it adds `emoji` to the filters.")
        .configurable,
      Flag.list(
        "lexicon", nil, "FILE", \.request.lexicons, help: "say words as FILE has them"
      )
      .detail(
        "A line is `WORD = SPOKEN FORM`, or `WORD = /IPA/` for voices that take it; `[de]` begins what "
          + "is for German only, `[*]` what is for all, `#` a comment. Whole words are replaced, and a "
          + "word in double quotes minds letter case. Several files count together; of entries for one "
          + "word the last."
      )
      .choices(.file).configurable,
      pause,
    ]
  }

  private static var filter: Flag<TextOptions> {
    .value(
      "filter", nil, "LIST", \.request.filters, help: "what is done with the text, in a list"
    ) { (text) throws(BadValue) in try TextFilters.Names(list: text) }
    .detail(
      "As in `--filter markdown,emoji`. Unless told otherwise `stream` and `session` take "
        + "`think,markdown,url,emoji`; `say` takes `markdown,url,emoji` for files called `*.md`, and "
        + "for all else nothing but `emoji` with an engine of this machine; `multi` takes nothing. Engines "
        + "of this machine are given `numbers` too, but in `multi`, unless `--no-normalize` is said."
    )
    .choices(.fixed(TextFilters.Names.choices)).configurable
  }

  private static var pause: Flag<TextOptions> {
    let names = PauseLengths.names.map(\.name)
    let spec = FlagSpec(
      long: "pause", short: nil, value: .required("WHERE=MS"),
      help: "how long to pause behind sentences, paragraphs and headings")
    return Flag(spec) { (target, input) throws(BadValue) in
      guard case .value(let text) = input else { return }
      do throws(PauseError) {
        let more = try PauseLengths(parsing: text).lengths
        target.request.pauses.lengths.merge(more) { $1 }
      } catch {
        throw BadValue(expected: "WHERE=MS, several with commas", hint: "\(error).")
      }
    }
    .detail(
      "As in `--pause sentence=300,heading=1s`. WHERE is \(names.dropLast().joined(separator: ", ")) or "
        + "\(names.last ?? ""); a line is one of plain text that ends, an item one of a list, a row one of a "
        + "table. It becomes a `<break>` in the text, so it is heard from every voice that takes those."
    )
    .repeatable.configurable
  }

  /// - Throws: 64 for what contradicts itself.
  package func checked(normalizes: Bool?) throws(UserError) -> TextRequest {
    var made = request
    made.normalizes = normalizes
    guard made.isRaw else { return made }
    let others: [(isGiven: Bool, name: String)] = [
      (!made.lexicons.isEmpty, "--lexicon"), (!made.pauses.isEmpty, "--pause"),
      (made.filters.map { !$0.isEmpty } ?? false, "--filter"),
    ]
    guard let other = others.first(where: \.isGiven) else { return made }
    throw .usage(
      "--raw-text leaves the text as it is, and \(other.name) would change it",
      hint: "To switch off the filters only: --filter none")
  }
}
