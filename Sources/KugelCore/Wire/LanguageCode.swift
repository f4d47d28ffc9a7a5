/// The languages that a request may name. Locale tags such as `de-DE` are not among them.
///
/// Source: protocol notes, section 12.3.
package enum LanguageCode: String, CaseIterable, Sendable {
  case de, en, fr, es, it, nl, pl, pt, sv, da, no, fi, cs, hu, ro, el, uk, bg, tr, vi, ar, hi, zh
  case ja, ko, sk, sl, hr, sr, ru, he, fa, ur, bn, ta, yue, th, id, ms
}
