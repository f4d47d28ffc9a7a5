import KugelNarration
import Testing

@Suite struct XHTMLSourceTests {
  @Test(arguments: [
    ("<p>a</p>", "<p>a</p>"),
    ("<!DOCTYPE html><p>[b]</p>", "<!DOCTYPE html><p>[b]</p>"),
    (
      "<!DOCTYPE x [<!ENTITY me 'A &amp; B'>]><p>&me;, &you; & me;</p>",
      "<!DOCTYPE x ><p>A &amp; B, &you; & me;</p>"
    ),
    // What is elsewhere, or names others, is left alone.
    ("<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>&f;", "<!DOCTYPE x >&f;"),
    ("<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>&b;", "<!DOCTYPE x >&a;&a;"),
    ("<!DOCTYPE x [<!ENTITY a ']>'> ]>&a;", "<!DOCTYPE x >]>"),
    ("<!DOCTYPE x [<!ENTITY a 'never closed", "<!DOCTYPE x [<!ENTITY a 'never closed"),
    ("<p><![CDATA[1 < 2 & 3]]></p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ("<![CDATA[open & on", "open &amp; on"), ("&", "&"), ("", ""),
  ])
  func `a page loses what only XML knows`(page: String, plain: String) {
    #expect(String(decoding: XHTMLSource.plain(Array(page.utf8)), as: UTF8.self) == plain)
  }

  @Test func `entities do not make a page grow without end`() {
    let entity = String(repeating: "x", count: 4000)
    let page =
      "<!DOCTYPE x [<!ENTITY a '\(entity)'>]>" + String(repeating: "&a;", count: 100_000)
    #expect(XHTMLSource.plain(Array(page.utf8)).count < 2 << 20)
  }

  @Test(arguments: [
    ("<?xml version='1.0' encoding='iso-8859-1'?><p/>", "iso-8859-1"),
    ("\u{FEFF}<?xml version=\"1.0\" encoding = \"Windows-1252\" ?>", "Windows-1252"),
    ("<?xml version='1.0'?><p encoding='x'/>", nil), ("<p/>", nil), ("", nil),
    // As it can be read, it is something else.
    ("<?xml version='1.0' encoding='UTF-16'?>", "UTF-8"),
    ("<?xml version='1.0' encoding='utf-8", nil),
  ])
  func `a declaration names the encoding`(page: String, encoding: String?) {
    #expect(XHTMLSource.encoding(Array(page.utf8)) == encoding)
  }

  @Test(arguments: [
    ("a&nbsp;b", "a      b"), ("&amp;&lt;&eacute;", "&amp;&lt;        "), ("&#160;", "&#160;"),
    ("a & b;", "a & b;"), ("&&x;", "&   "), ("&;", "&;"), ("&nbsp", "&nbsp"), ("", ""),
  ]) func `names of signs become blanks, but those that XML knows`(page: String, wanted: String) {
    #expect(XHTMLSource.withoutEntities(Array(page.utf8)) == Array(wanted.utf8))
  }
}
