import KugelReading
import KugelText
import Testing

private func plain(_ text: String) -> String { said(text, .plain).string }

private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

@Test(arguments: [
  ("ha\u{308}lt", "hält"), ("a\u{30A}ngstro\u{308}m", "ångström"), ("\u{212B}", "Å"),
  ("vie\u{302}\u{323}t", "việt"), ("vie\u{323}\u{302}t", "việt"), ("u\u{308}\u{301}", "ǘ"),
  ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", "한글"), ("\u{AC00}\u{11A8}", "각"),
  ("x\u{301}y", "x\u{301}y"), ("\u{915}\u{93C}", "\u{915}\u{93C}"), ("\u{9C7}\u{9BE}", "\u{9CB}"),
  ("q\u{307}\u{323}", "q\u{323}\u{307}"), ("\u{212A}\u{2126}", "KΩ"), ("naïve", "naïve"),
])
func `letters and their marks become one, as voices know them`(written: String, composed: String) {
  #expect(scalars(plain(written)) == scalars(composed))
}

@Test(arguments: [
  ("𝐂𝐨𝐝𝐞 𝟏𝟐", "Code 12"), ("𝓗𝓮𝓵𝓵𝓸 ℌ𝔢𝔩𝔩𝔬", "Hello Hello"), ("𝙼𝚘𝚗𝚘", "Mono"),
  ("Ｆｕｌｌ １２３", "Full 123"), ("すごい！（はい）", "すごい！（はい）"), ("ﬁne oﬃce", "fine office"),
  ("Ⓐⓑⓒ 🄰", "Abc A"), ("𝛼𝛽", "αβ"), ("ﬀ", "ff"),
])
func `styled letters become plain ones`(written: String, spoken: String) {
  #expect(plain(written) == spoken)
}

@Test(arguments: [
  ("un\u{AD}break\u{200B}able", "unbreakable"),
  ("\u{202A}left\u{202C} \u{2067}x\u{2069}", "left x"),
  ("co\u{2060}de\u{FEFF}", "code"), ("fi\u{200C}ne", "fine"), ("zero\u{200D}width", "zerowidth"),
  // Persian, Devanagari and a family need their joiners.
  ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("क\u{94D}\u{200D}ष", "क\u{94D}\u{200D}ष"),
  ("👩\u{200D}👧", "👩\u{200D}👧"), ("日\u{200B}本", "日本"),
])
func `signs that nobody sees go, joiners stay where a script needs them`(
  written: String, spoken: String
) {
  #expect(scalars(plain(written)) == scalars(spoken))
}

@Test func `what was put together keeps its place`() {
  let text = said("e\u{301}te\u{301} 𝐛\u{200B}c", .plain)
  #expect(text.string == "été bc")
  #expect(text.source(of: 0..<1) == 0..<2)
  #expect(text.source(of: 2..<3) == 3..<5)
  #expect(text.source(of: 4..<6) == 6..<9)
}

@Test(arguments: [
  ("\u{1B}[31mError\u{1B}[0m done", "Error done"), ("\u{1B}[1;38;5;208mHi\u{1B}[m", "Hi"),
  ("\u{1B}]0;title\u{7}text", "text"), ("\u{1B}]2;t\u{1B}\\text", "text"),
  ("\u{1B}]8;;https://a.b/c\u{1B}\\label\u{1B}]8;;\u{1B}\\ end", "label end"),
  ("\u{9B}1mbold\u{9B}0m", "bold"), ("\u{1B}(B\u{1B}=keys", "keys"),
  ("bell\u{7} rings", "bell rings"),
  ("N\u{8}NA\u{8}AME\u{8}E", "NAME"), ("_\u{8}w_\u{8}ord", "word"),
  ("tab\tstays\n", "tab\tstays\n"),
  ("\u{1B}Pq#0\u{1B}\\after", "after"), ("\u{1B}[2J\u{1B}[Htop", "top"),
])
func `what is meant for a terminal is not spoken`(written: String, spoken: String) {
  #expect(plain(written) == spoken)
  expectSameWhateverTheCuts(written, .plain)
}

@Test(arguments: [
  ("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\u{85}b", "a\nb"), ("a\u{2028}b", "a\nb"),
  ("a\u{2029}b", "a\n\nb"), ("a\u{C}b", "a\n\nb"), ("a\r\n\r\nb", "a\n\nb"), ("a\r\r\nb", "a\n\nb"),
])
func `line ends have one form`(written: String, spoken: String) {
  #expect(plain(written) == spoken)
  expectSameWhateverTheCuts(written, .plain)
}
