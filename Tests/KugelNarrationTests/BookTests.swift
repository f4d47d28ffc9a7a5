import KugelNarration
import KugelReading
import KugelText
import Testing

/// The events of a few tags, without entities.
private func events(_ page: String) -> [MarkupEvent] {
  var events: [MarkupEvent] = []
  for (index, part) in page.split(separator: "<", omittingEmptySubsequences: false).enumerated() {
    guard index > 0, let close = part.firstIndex(of: ">") else {
      if !part.isEmpty { events.append(.text(String(part))) }
      continue
    }
    var words = part[..<close].split(separator: " ").map(String.init)
    let isEmpty = words.last == "/"
    if isEmpty { words.removeLast() }
    if words[0].hasPrefix("/") {
      events.append(.end(String(words[0].dropFirst())))
    } else {
      var attributes: [String: String] = [:]
      for word in words.dropFirst() {
        let sides = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        attributes[String(sides[0])] = sides.count > 1 ? String(sides[1]) : ""
      }
      events.append(.begin(words[0], attributes: attributes))
      if isEmpty { events.append(.end(words[0])) }
    }
    let text = part[part.index(after: close)...]
    if !text.isEmpty { events.append(.text(String(text))) }
  }
  return events
}

@Suite struct BookTests {
  @Test(arguments: [
    ("<h1>One</h1><p>Two  is\nhere.</p>", "# One\n\nTwo is here.\n\n"),
    ("<p>a * b_c [d]</p>", "a &#42; b&#95;c &#91;d&#93;\n\n"),
    ("<script>x</script><style>y</style><p>z</p>", "z\n\n"),
    ("<p></p><h2> </h2><p>z</p>", "z\n\n"),
    ("<ul><li>one</li><li>two</li></ul>", "- one\n\n- two\n\n"),
    ("<ol start=3><li>one</li><li>two</li></ol>", "3. one\n\n4. two\n\n"),
    ("<table><tr><td>a</td><td>b</td></tr></table>", "a, b.\n\n"),
    ("<p>one<br />two</p>", "one\ntwo\n\n"),
    ("<p>seen</p><p hidden>not</p>", "seen\n\n"),
    ("<nav>Contents</nav><p>seen</p>", "seen\n\n"),
    ("<p>1986. So it was - then.</p>", "1986&#46; So it was - then.\n\n"),
    ("<p>- so<br />+ so</p><p>=</p>", "&#45; so\n&#43; so\n\n&#61;\n\n"),
    ("<ul><li>2) two</li></ul>", "- 2&#41; two\n\n"),
  ])
  func `a page becomes Markdown`(page: String, markdown: String) {
    #expect(MarkupText.markdown(events(page)).markdown == markdown)
  }

  @Test(arguments: [
    "<p>Text</p><aside type=footnote>A note.</aside><p>End</p>",
    "<p>Text<a class=footnote-ref>1</a></p><div class=footnotes><hr /><p>A note.</p></div><p>End</p>",
    "<p>Text</p><section role=doc-endnotes><br /><img /><p>A note.</p></section><p>End</p>",
  ])
  func `notes are left out by choice`(text: String) {
    let page = events(text)
    #expect(MarkupText.markdown(page).markdown.contains("A note."))
    var options = MarkupText.Options()
    options.readsNotes = false
    #expect(MarkupText.markdown(page, options).markdown == "Text\n\nEnd\n\n")
  }

  @Test func `a page read as Markdown says its words`() {
    let page = MarkupText.markdown(events("<h1>A*B</h1><p>1. Not a list & [more].</p>"))
    let text = said(page.markdown, markdown: true).string
    #expect(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains("[more]"))
    #expect(text.contains("A*B"))
  }

  private let package = EpubPackage(
    events(
      "<title>The Book</title><creator>A. B.</creator><language>de</language>"
        + "<item id=c2 href=text/two%20b.xhtml media-type=application/xhtml+xml />"
        + "<item id=c1 href=../one.xhtml media-type=application/xhtml+xml />"
        + "<item id=side href=side.xhtml media-type=application/xhtml+xml />"
        + "<item id=ncx href=toc.ncx media-type=application/x-dtbncx+xml />"
        + "<item id=pic href=c.jpg media-type=image/jpeg /><meta name=cover content=pic />"
        + "<spine toc=ncx><itemref idref=c1 /><itemref idref=side linear=no /><itemref idref=c2 />"
        + "<itemref idref=gone /></spine>"), path: "OPS/book.opf")

  @Test func `a package tells its spine in order`() {
    #expect(package.spine.map(\.path) == ["one.xhtml", "OPS/text/two b.xhtml"])
    #expect(package.title == "The Book")
    #expect(package.author == "A. B.")
    #expect(package.language == "de")
    #expect(package.navigation?.path == "OPS/toc.ncx")
    #expect(package.cover?.path == "OPS/c.jpg")
  }

  @Test func `contents of both kinds name nested chapters`() {
    let ncx = events(
      "<ncx><navpoint><navlabel><text>Part I</text></navlabel><content src=one.xhtml />"
        + "<navpoint><navlabel><text>Chapter 1</text></navlabel><content src=one.xhtml#a />"
        + "</navpoint></navpoint></ncx>")
    let old = BookContents(ncx, path: "OPS/toc.ncx").chapters
    #expect(old.map(\.title) == ["Part I", "Chapter 1"])
    #expect(old.map(\.depth) == [1, 2])
    #expect(old.map(\.path) == ["OPS/one.xhtml", "OPS/one.xhtml"])
    #expect(old.map(\.anchor) == [nil, "a"])
    let navigation = events(
      "<nav type=toc><ol><li><a href=one.xhtml>Part I</a><ol><li><a href=one.xhtml#a>Chapter 1</a>"
        + "</li></ol></li></ol></nav><nav type=landmarks><a href=x>Start</a></nav>")
    #expect(BookContents(navigation, path: "OPS/nav.xhtml").chapters == old)
  }

  @Test func `chapters begin where the contents say`() {
    var book = BookText()
    let page = MarkupText.markdown(events("<p>Before.</p><p id=a>Chapter text.</p>"))
    book.add(page, path: "one.xhtml")
    book.add(MarkupText.markdown(events("<p>The second.</p>")), path: "two.xhtml")
    let contents = BookContents(
      events(
        "<nav type=toc><a href=one.xhtml#a>A</a><a href=two.xhtml>B</a><a href=gone.xhtml>C</a></nav>"
      ),
      path: "nav.xhtml")
    book.mark(contents)
    #expect(book.chapters.map(\.title) == ["A", "B"])
    var reader = TextItems(filters: .markdownFile, target: TextTarget(), split: .headings)
    reader.chapters = book.chapters
    let made = reader.items(book.text, source: "b.epub", at: now)
    #expect(made.map(\.title) == [nil, "A", "B"])
    #expect(made.map { $0.said.string.trimmed } == ["Before.", "Chapter text.", "The second."])
  }

  @Test func `only encrypted fonts are no matter`() {
    #expect(!EpubPackage.isEncrypted(events("<cipherreference uri=fonts/a.otf />")))
    #expect(EpubPackage.isEncrypted(events("<cipherreference uri=text/1.xhtml />")))
  }
}
