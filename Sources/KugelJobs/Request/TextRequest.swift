import KugelReading
import KugelText

/// How the text is to be read, as far as that was asked for; nil is what is usual where it comes from.
package struct TextRequest: Equatable, Sendable {
  package var filters: TextFilters.Names?
  /// As it is written.
  package var isRaw = false
  package var code: CodePolicy?
  package var tables: TablePolicy?
  package var links: LinkPolicy?
  package var emoji: EmojiPolicy?
  /// Paths of lexicon files; of entries for one word the last counts.
  package var lexicons: [String] = []
  package var pauses = PauseLengths()
  /// Whether numbers and dates are written out; nil leaves it to what speaks.
  package var normalizes: Bool?

  package init() {}

  /// - Parameters:
  ///   - usual: of where the text comes from.
  ///   - wantsWords: who speaks says figures better when they are written in words.
  ///   - flows: the text comes as it is written, and is not waited for.
  package func filters(
    usual: TextFilters.Names, wantsWords: Bool, flows: Bool = false, lexicon: Lexicon = Lexicon()
  ) -> TextFilters {
    guard !isRaw else { return .raw }
    var names = filters ?? usual
    if links != nil { names.insert(.url) }
    if emoji != nil { names.insert(.emoji) }
    // A list that is given says all; a service has numbers of its own.
    let isWanted = normalizes ?? (filters == nil)
    if wantsWords, isWanted { names.insert(.numbers) }
    if normalizes == false { names.remove(.numbers) }
    var made = TextFilters(names)
    made.code = code ?? made.code
    made.tables = tables ?? made.tables
    made.links = links ?? made.links
    made.emoji = emoji ?? made.emoji
    made.lexicon = lexicon
    made.isHasty = flows
    made.pauses = pauses
    return made
  }
}
