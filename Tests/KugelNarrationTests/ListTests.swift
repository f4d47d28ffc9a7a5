import KugelNarration
import KugelWire
import Testing

@Suite struct ListTests {
  @Test func `each line is a text`() {
    let list = ItemList("Hello\r\n\n  \nGood bye", kind: nil)
    #expect(list.entries.map(\.text) == ["Hello", "Good bye"])
    #expect(list.entries.map(\.line) == [1, 4])
    #expect(list.entries.map(\.offset) == [0, 11])
  }

  @Test func `JSON lines tell voice, language, name and settings`() {
    let list = ItemList(
      #"""
      {"text":"Hello","voice":"anna","lang":"en-gb","name":"a/b","speed":1.5}

      {"text":"Bye","title":"The end"}
      """#, kind: nil)
    #expect(list.problems == [])
    #expect(list.entries[0].wish.voice == "anna")
    #expect(list.entries[0].wish.language == "en-gb")
    #expect(list.entries[0].wish.name == "a/b")
    #expect(list.entries[0].wish.settings.map(\.key) == [.speed])
    #expect(list.entries[0].wish.settings[0].value == .number(1.5))
    #expect(list.entries[1].wish.title == "The end")
    #expect(list.entries[1].line == 3)
  }

  @Test func `settings may stand in an object of their own`() {
    let list = ItemList(#"{"text":"Hello","settings":{"speed":1.5,"voice":"anna"}}"#, kind: nil)
    #expect(list.problems == [])
    #expect(list.entries[0].wish.voice == "anna")
    #expect(list.entries[0].wish.settings.map(\.value) == [.number(1.5)])
  }

  @Test(arguments: [
    (#"{"text":"a","settings":1}"#, "settings must be an object"),
    (#"{"text":1"#, "not JSON"), (#"["text"]"#, "not a JSON object"),
    (#"{"voice":"a"}"#, "no text"),
    (#"{"text":"a","vioce":"b"}"#, "voice"), (#"{"text":"a","lang":"?"}"#, "lang takes"),
    (#"{"text":{"a":1}}"#, "text must be"),
  ])
  func `a bad entry is told and the others count`(line: String, cause: String) {
    let list = ItemList("{\"text\":\"good\"}\n\(line)\n{\"text\":\"too\"}", kind: .jsonl)
    #expect(list.entries.map(\.text) == ["good", "too"])
    #expect(list.problems.map(\.line) == [2])
    #expect(list.problems.first?.cause.contains(cause) == true, "\(list.problems)")
  }

  @Test func `a table may hold quotes, line ends and semicolons`() {
    let list = ItemList(
      "name;Text\r\none;\"He said \"\"no\"\";\nand left\"\r\n;\r\ntwo;Bye\n", kind: .csv)
    #expect(list.problems == [])
    #expect(list.entries.map(\.text) == ["He said \"no\";\nand left", "Bye"])
    #expect(list.entries.map(\.wish.name) == ["one", "two"])
    #expect(list.entries.map(\.line) == [2, 5])
  }

  @Test(arguments: [
    ("text,vioce\na,b\nc,d\n", 1, "\"vioce\" here; is it voice?"),
    ("text,name,Text\na,b,c\nc,d,e\n", 1, "names \"text\" twice"),
    ("name,words\na,b\nc,d\n", 1, "no column \"text\""),
    ("text,name\na,b\n\"c,d\ne,f\n", 3, "a quote begins in it that never ends"),
  ])
  func `what is wrong with a whole table is told once`(text: String, line: Int, cause: String) {
    let list = ItemList(text, kind: .csv)
    #expect(list.problems.map(\.line) == [line])
    #expect(list.problems.first?.cause.contains(cause) == true, "\(list.problems)")
    #expect(list.entries.map(\.text) == (line == 3 ? ["a"] : []))
  }

  @Test(arguments: ["name,words\na,b\n", "text\na,b\n", "text,lang\na,?!\n"])
  func `a bad table is told`(text: String) {
    #expect(ItemList(text, kind: .csv).problems.count == 1)
    #expect(ItemList(text, kind: .csv).entries == [])
  }
}
