/// The languages that a request may name. Locale tags such as `de-DE` are not among them.
///
/// Source: protocol notes, section 12.3.
package enum LanguageCode: String, CaseIterable, Sendable {
  case de, en, fr, es, it, nl, pl, pt, sv, da, no, fi, cs, hu, ro, el, uk, bg, tr, vi, ar, hi, zh
  case ja, ko, sk, sl, hr, sr, ru, he, fa, ur, bn, ta, yue, th, id, ms

  /// A language tag as services name it: `de-AT` is `de`. One they may not know stays as it is.
  package static func spoken(_ tag: String) -> String {
    let lower = tag.lowercased()
    if LanguageCode(rawValue: lower) != nil { return lower }
    let first = String(lower.prefix { $0 != "-" })
    return LanguageCode(rawValue: first) != nil ? first : tag
  }
}
