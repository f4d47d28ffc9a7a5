import KugelNarration
import KugelReading
import KugelText
import Testing

@Suite struct NameTests {
  @Test(arguments: [
    ("Hello, World!", "hello-world"), ("Don’t stop", "dont-stop"), ("Über Größe", "ueber-groesse"),
    ("L’été à Łódź", "lete-a-lodz"), ("日本", ""), ("  --  ", ""), ("A.B.C", "a-b-c"),
    ("one two three four five six seven eight nine", "one-two-three-four-five-six-seven-eight"),
  ])
  func `a slug is short ASCII`(text: String, slug: String) { #expect(Slug.of(text) == slug) }

  private func name(_ template: String, slug: String = "the-end", count: Int = 120) throws -> String
  {
    try NameTemplate(template).name(
      NameTemplate.Values(
        number: 7, count: count, stem: "book", slug: slug, voice: "a/b", language: "de",
        ending: "wav"))
  }

  @Test(arguments: [
    ("{stem}-{n}-{slug}.{ext}", "book-007-the-end.wav"), ("{voice}{lang}", "a_bde"),
    ("x/{n}", "x/007"), ("plain", "plain"),
  ])
  func `a template is filled`(template: String, expected: String) throws {
    #expect(try name(template) == expected)
  }

  @Test func `hyphens around an empty field go with it`() throws {
    #expect(try name("{stem}-{n}-{slug}.{ext}", slug: "") == "book-007.wav")
    #expect(try name("{slug}-{n}", slug: "") == "007")
    #expect(try name("{n}-{slug}-x", slug: "") == "007-x")
    #expect(try name("{stem}_{slug}.{ext}", slug: "") == "book.wav")
    #expect(try name("{stem}_{slug}", slug: "") == "book")
    #expect(try name("{stem} {slug} {n}", slug: "") == "book 007")
  }

  @Test(arguments: ["", "{", "a{n", "{title}", "{}"])
  func `a bad template is told`(template: String) {
    #expect(throws: NameTemplateError.self) { try NameTemplate(template) }
  }

  @Test(arguments: [
    "", "/etc/passwd", "../x.wav", "a/../../b", ".hidden", "a/.b", "a//b", "a/", "a\nb",
    Manifest.fileName, String(repeating: "x", count: 250),
  ])
  func `a name that is none is refused`(name: String) { #expect(FileName.obstacle(name) != nil) }

  @Test(arguments: ["a.wav", "a/b.wav", "ä ö.wav", "a..b", "x"])
  func `a name below the directory is one`(name: String) { #expect(FileName.obstacle(name) == nil) }

  @Test func `two items never share a file`() throws {
    var list = items("One.\n\nTwo.\n\nThree.", .paragraphs)
    for index in list.indices { list[index].number = index + 1 }
    let names = ItemNames(
      template: try NameTemplate("{stem}.{ext}"), ending: "wav", voice: "", language: "",
      numbered: ["book"]
    ).names(of: list)
    #expect(names == ["book.wav", "book.wav", "book.wav"])
    let refusals = ItemNames.refusals(names, of: list)
    #expect(refusals == [nil, .collision("book"), .collision("book")])
    let usual = ItemNames(
      template: nil, ending: "wav", voice: "", language: "", numbered: ["book"])
    #expect(usual.names(of: list) == ["book-1-one.wav", "book-2-two.wav", "book-3-three.wav"])
  }

  @Test func `no file is another's folder`() {
    let list = items("One.\n\nTwo.\n\nThree.", .paragraphs)
    for names in [["a.wav/b.wav", "a.wav", "c.wav"], ["a.wav", "a.wav/b/c.wav", "c.wav"]] {
      let refusals = ItemNames.refusals(names, of: list)
      #expect(refusals[0] == nil && refusals[2] == nil)
      guard case .badName? = refusals[1] else {
        Issue.record("\(refusals)")
        continue
      }
    }
    #expect(ItemNames.refusals(["a/b.wav", "a/c.wav", "ab.wav"], of: list) == [nil, nil, nil])
  }

  @Test func `a list names its files`() {
    var list = items("One.", .files)
    list[0].wish.name = "menu/one"
    let names = ItemNames(template: nil, ending: "ulaw", voice: "", language: "", numbered: [])
    #expect(names.names(of: list) == ["menu/one.ulaw"])
    list[0].wish.name = "one.ulaw"
    #expect(names.names(of: list) == ["one.ulaw"])
    // The list may have been written for files of another format.
    var others = names
    others.endings = ["wav", "ulaw"]
    for (name, file) in [
      ("one.WAV", "one.ulaw"), ("a.b/one", "a.b/one.ulaw"), ("v1.2", "v1.2.ulaw"),
    ] {
      list[0].wish.name = name
      #expect(others.names(of: list) == [file])
    }
  }

  @Test(arguments: [("{n}.mp3", "mp3"), ("{n}", nil), ("{n}.{ext}", nil), ("v1.{n}", nil)])
  func `a template may say the format`(template: String, ending: String?) throws {
    #expect(try NameTemplate(template).ending == ending)
  }
}
