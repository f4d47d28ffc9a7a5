/// What an HTML element means for a reader.
package enum HTMLElement {
  package enum Effect: Equatable {
    /// Only its tags are no words.
    case inline
    case lineBreak
    /// Its text stands apart; what ends is this.
    case block(TextMark)
    case cell
    /// Nothing in it is for readers.
    case unread
    /// Its description is read.
    case image
  }

  /// - Parameter name: as it was written. One in mixed case is no element but a text's own word.
  package static func effect(of name: String) -> Effect? {
    let lower = name.lowercased()
    guard name == lower || name == name.uppercased() else { return nil }
    return effects[lower]
  }

  private static let effects: [String: Effect] = {
    var all: [String: Effect] = [:]
    func add(_ names: String, _ effect: Effect) {
      for name in names.split(separator: " ") { all[String(name)] = effect }
    }
    add(
      """
      a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter output \
      progress q rp rt ruby s samp small span strike strong sub sup time tt u var wbr area audio base \
      button canvas embed input link map meta object option param picture select source textarea \
      track video iframe slot col colgroup tbody thead tfoot
      """, .inline)
    add("br", .lineBreak)
    add(
      """
      address article aside blockquote body center dd details dialog div dl dt fieldset figcaption \
      figure footer form header hgroup hr html legend main menu nav ol p pre section summary table \
      title ul caption
      """, .block(.paragraph))
    add("h1 h2 h3 h4 h5 h6", .block(.heading))
    add("li", .block(.item))
    add("tr", .block(.row))
    add("td th", .cell)
    add("script style template noscript svg math", .unread)
    add("img", .image)
    return all
  }()

  /// Attributes that need no value.
  package static let bareAttributes: Set<String> = [
    "allowfullscreen", "async", "autofocus", "autoplay", "checked", "controls", "default", "defer",
    "disabled", "download", "hidden", "ismap", "loop", "multiple", "muted", "nomodule",
    "novalidate", "nowrap", "open", "playsinline", "readonly", "required", "reversed", "selected",
  ]
}
