import KugelReading
import KugelText
import Testing

private let filters = TextFilters(.markdown)

@Test(
  arguments: [
    ("# Head\nBody", "Head.⏎⏎⟦heading⟧Body⟦paragraph⟧"), ("## Head? ##\n", "Head?⏎⏎⟦heading⟧"),
    ("####### Seven", "####### Seven⟦paragraph⟧"), ("#hash tag", "#hash tag⟦paragraph⟧"),
    ("# C#\n", "C#.⏎⏎⟦heading⟧"), ("Head\n====\nBody", "Head.⏎⏎⟦heading⟧Body⟦paragraph⟧"),
    ("Two\nlines\n---\nBody", "Two lines.⏎⏎⟦heading⟧Body⟦paragraph⟧"),
    ("***\nA\n\n* * *\nB", "A⏎⏎⟦paragraph⟧B⟦paragraph⟧"),
    ("One\ntwo\n\nThree", "One two⏎⏎⟦paragraph⟧Three⟦paragraph⟧"),
    ("A  \nb\\\nc", "A⏎⟦line⟧b⏎⟦line⟧c⟦paragraph⟧"),
    ("> quote\n> more\n\nx", "quote more⏎⏎⟦paragraph⟧x⟦paragraph⟧"),
    (">> deep\nlazy", "deep lazy⟦paragraph⟧"),
    (
      "- a\n  1. deep\n     > quote\n\nx",
      "a.⏎⟦item⟧1. deep.⏎⟦item⟧quote.⏎⟦item⟧x⟦paragraph⟧"
    ),
    ("1. a\n   > q\n2. b", "1. a.⏎⟦item⟧q.⏎⟦item⟧2. b.⏎⟦item⟧"),
    ("Text\n> quote\nlazy\n\nx", "Text⏎⏎⟦paragraph⟧quote lazy⏎⏎⟦paragraph⟧x⟦paragraph⟧"),
    ("> a\n>> b\n>\n> c", "a⏎⏎⟦paragraph⟧b⏎⏎⟦paragraph⟧c⟦paragraph⟧"),
    ("> [!NOTE]\n> Mind it.", "Note.⏎⏎⟦heading⟧Mind it.⟦paragraph⟧"),
    ("[a]: http://x.y\nText", "Text⟦paragraph⟧"),
    ("[a]:\n  http://x.y\n  \"title\"\nText", "Text⟦paragraph⟧"),
    ("[a]: http://x.y\n'title'\n\nText", "Text⟦paragraph⟧"),
    ("[a]: http://x.y\n\"So\" he said", "\"So\" he said⟦paragraph⟧"),
    ("[^1]: Alpha.\n[^2]: Beta.", "Footnote 1: Alpha.⏎⏎⟦paragraph⟧Footnote 2: Beta.⟦paragraph⟧"),
    (
      "[^1]: Alpha.\n\n    Second.\n\nText",
      "Footnote 1: Alpha.⏎⏎⟦paragraph⟧Second.⏎⏎⟦paragraph⟧Text⟦paragraph⟧"
    ),
    (
      "[^1]: A.\n\nText\n\n    code",
      "Footnote 1: A.⏎⏎⟦paragraph⟧Text⏎⏎⟦paragraph⟧Code example.⏎⏎⟦paragraph⟧"
    ),
    ("<!-- a\n\nb -->\nMore", "More⟦paragraph⟧"),
    ("One <!-- a\n\n# b --> two", "One  two⟦paragraph⟧"),
    ("One\n<!-- x -->\ntwo", "One⏎⏎⟦paragraph⟧two⟦paragraph⟧"),
    ("<script>\na < b\n\nc\n</script>\nMore", "More⟦paragraph⟧"),
    ("```\n<!--\n```\nMore", "Code example.⏎⏎⟦paragraph⟧More⟦paragraph⟧"),
    ("<?php\n\necho 1 ?>\nMore", "More⟦paragraph⟧"),
    (
      "<pre><code class=\"x\">a\n\n# b</code></pre>\nMore",
      "Code example.⏎⏎⟦paragraph⟧More⟦paragraph⟧"
    ), ("---\ntitle: x\n---\nText", "Text⟦paragraph⟧"),
  ])
func `blocks stand apart`(written: String, spoken: String) {
  let spoken = spoken.split(separator: "⏎", omittingEmptySubsequences: false).joined(
    separator: "\n")
  #expect(marked(said(written, filters)) == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test(
  arguments: [
    ("One[^1].\n\n[^1]: Alpha.\n[^2]: Beta.\n\nTwo", "One.⏎⏎⟦paragraph⟧Two⟦paragraph⟧"),
    ("[^1]: Alpha\nlazy.\n\n    Second.\n\n    - item\n\nText", "Text⟦paragraph⟧"),
    ("One\n\n[^1]: Alpha.\n# Head", "One⏎⏎⟦paragraph⟧Head.⏎⏎⟦heading⟧"),
    ("- a[^1]\n\n[^1]: Alpha.\n\n- b", "a.⏎⟦item⟧b.⏎⟦item⟧"),
    ("[^1]: A.\n\n    ```\n    x\n\n    y\n    ```\nText", "Text⟦paragraph⟧"),
  ])
func `footnotes are left out where nobody wants them`(written: String, spoken: String) {
  var filters = filters
  filters.readsNotes = false
  let spoken = spoken.split(separator: "⏎", omittingEmptySubsequences: false).joined(
    separator: "\n")
  #expect(marked(said(written, filters)) == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test(
  arguments: [
    ("- a\n- b\n", "a.⏎⟦item⟧b.⏎⟦item⟧"),
    ("* a!\n+ b:\n  1. c\n", "a!⏎⟦item⟧b:⏎⏎⟦item⟧1. c.⏎⟦item⟧"),
    ("- a\n  more\n\n  para\n- b", "a more.⏎⟦item⟧para.⏎⟦item⟧b.⏎⟦item⟧"),
    ("1. x\n2. y\n3) z", "1. x.⏎⟦item⟧2. y.⏎⟦item⟧3. z.⏎⟦item⟧"),
    ("- [ ] todo\n- [x] did", "To do: todo.⏎⟦item⟧Done: did.⏎⟦item⟧"),
    ("- a\n    - deep\n        - deeper", "a.⏎⟦item⟧deep.⏎⟦item⟧deeper.⏎⟦item⟧"),
    ("It was\n1986. A good year.", "It was 1986. A good year.⟦paragraph⟧"),
    ("-5 degrees", "-5 degrees⟦paragraph⟧"),
    ("2. b\n\ntext", "2. b.⏎⟦item⟧text⟦paragraph⟧"), ("- a\n\ntext", "a.⏎⟦item⟧text⟦paragraph⟧"),
    ("Text:\n- a\n- b", "Text:⏎⏎⟦paragraph⟧a.⏎⟦item⟧b.⏎⟦item⟧"),
    ("- # Head\n- b", "Head.⏎⏎⟦heading⟧b.⏎⟦item⟧"), ("- - deep\n", "deep.⏎⟦item⟧"),
    ("- > said\n", "said.⏎⟦item⟧"),
    ("- ```\n  x\n  ```\n- b", "Code example.⏎⏎⟦paragraph⟧b.⏎⟦item⟧"),
    ("- \n- b", "b.⏎⟦item⟧"),
    ("- **a:** b\n", "a: b.⏎⟦item⟧"), ("• dot\n• two", "dot.⏎⟦item⟧two.⏎⟦item⟧"),
  ])
func `each item of a list ends with a stop`(written: String, spoken: String) {
  let spoken = spoken.split(separator: "⏎", omittingEmptySubsequences: false).joined(
    separator: "\n")
  #expect(marked(said(written, filters)) == spoken)
  expectSameWhateverTheCuts(written, filters)
}

private let fences = [
  "a\n```swift\nlet x = 1\n\ny\n```\nb", "a\n~~~\n```\n~~~\nb", "a\n````\n```\nx\n````\nb",
  "a\n   ```\n   x\n   ```\nb", "a\n\n    indented\n    more\n\nb", "a\n> ```\n> x\n\nb",
  "a\n```x\ncode\n```   \nb",
]

@Test(arguments: fences)
func `code is named, left out or said`(written: String) {
  #expect(said(written, filters).string == "a\n\nCode example.\n\nb")
  var skipping = filters
  skipping.code = .skip
  #expect(said(written, skipping).string.split(separator: "\n").joined(separator: "|") == "a|b")
  var saying = filters
  saying.code = .say
  #expect(!said(written, saying).string.contains("Code example"))
  for filters in [filters, skipping, saying] { expectSameWhateverTheCuts(written, filters) }
}

@Test func `code that is said keeps its lines and is no Markdown`() {
  var saying = filters
  saying.code = .say
  let text = said("```\nlet *a* = `b`\n# c\n```\n", saying)
  #expect(marked(text) == "let *a* = `b`\n⟦line⟧# c\n⟦line⟧\n\n⟦paragraph⟧")
  #expect(said("```\nnever closed\nx", saying).string.hasPrefix("never closed\nx"))
}

private let table =
  "Here:\n\n| Name | Age |\n|:-----|----:|\n| Anna | 3 |\n| Bob \\| Co | `a|b` |\n\nEnd."

@Test func `a small table is announced and read row by row`() {
  #expect(
    marked(said(table, filters))
      == "Here:\n\n⟦paragraph⟧Table: Name, Age.\n⟦row⟧Anna, 3.\n⟦row⟧Bob | Co, a|b.\n⟦row⟧\n⟦paragraph⟧End.⟦paragraph⟧"
  )
  expectSameWhateverTheCuts(table, filters)
  var naming = filters
  naming.tables = .name
  #expect(said(table, naming).string == "Here:\n\nTable, 2 columns.\n\nEnd.")
  var skipping = filters
  skipping.tables = .skip
  #expect(said(table, skipping).string == "Here:\n\nEnd.")
}

@Test func `a long table is counted, a wide one named`() {
  let long = "|a|b|\n|-|-|\n" + (1...25).map { "|x\($0)|y|\n" }.joined() + "\nEnd"
  let text = said(long, filters).string
  #expect(text.contains("x20, y."))
  #expect(!text.contains("x21"))
  #expect(text.contains("5 more rows."))
  let wide =
    String(repeating: "|a", count: 12) + "|\n" + String(repeating: "|-", count: 12) + "|\n|1|2|\n"
  #expect(said(wide, filters).string == "Table, 12 columns.\n\n")
}

@Test(arguments: [
  ("|x| < 3 holds\nindeed", "|x| < 3 holds indeed"),
  ("| a |\ntext", "| a | text"),
])
func `what only looks like a table is text`(written: String, spoken: String) {
  #expect(said(written, filters).string == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test(arguments: [
  ("a | b\n--- | ---\n1 | 2\n\nz", "Table: a, b.\n1, 2.\n\nz"),
  ("Name | Age\n:--|--:\nAnna | 3\nBob |", "Table: Name, Age.\nAnna, 3.\nBob.\n\n"),
  ("Text.\n\nA | B\n-|-\n1 | 2\n", "Text.\n\nTable: A, B.\n1, 2.\n\n"),
  ("| | Mon |\n|-|-|\n| x | |\n| | 1 |\n", "Table: empty, Mon.\nx, empty.\nempty, 1.\n\n"),
  ("yes | no\nmaybe", "yes | no maybe"), ("one\ntwo | three", "one two | three"),
])
func `a table needs no bars round it, and an empty cell is heard`(written: String, spoken: String) {
  #expect(said(written, filters).string.replacing("\n\n\n", with: "\n\n") == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test func `one row more is one row, one column one column`() {
  let long = "|a|b|\n|-|-|\n" + (1...21).map { "|x\($0)|y|\n" }.joined() + "\nEnd"
  #expect(said(long, filters).string.contains("1 more row."))
  var naming = filters
  naming.tables = .name
  #expect(said("|a|\n|-|\n|b|\n", naming).string == "Table, 1 column.\n\n")
}

@Test(arguments: [
  (2, "2 wiersze więcej."), (5, "5 wierszy więcej."), (12, "12 wierszy więcej."),
  (22, "22 wiersze więcej."), (1, "1 wiersz więcej."),
])
func `what is left of a table is counted as the language counts`(more: Int, spoken: String) {
  let long = "|a|b|\n|-|-|\n" + (1...20 + more).map { "|x\($0)|y|\n" }.joined()
  #expect(said(long, filters, language: "pl").string.contains(spoken))
  var naming = filters
  naming.tables = .name
  let wide = "|a|b|c|\n|-|-|-|\n|1|2|3|\n"
  #expect(said(wide, naming, language: "pl").string == "Tabela, 3 kolumny.\n\n")
}

@Test(arguments: [
  ("The quick brown fox", "The quick brown "), ("Sure, here", "Sure"), ("日本語の文章はここにある", "日本語の文章は"),
])
func `a line waits for its table no longer than for three words`(piece: String, soon: String) {
  var pipeline = TextPipeline(filters, for: TextTarget(language: "en"))
  #expect(pipeline.feed(piece, at: ContinuousClock.now).string.hasPrefix(soon))
}

@Test func `a table whose head was too long to wait for has its rows`() {
  let text = "What it is called here | Age\n--- | ---\nAnna | 3\n"
  #expect(said(text, filters).string.hasSuffix("Anna, 3.\n\n"))
  expectSameWhateverTheCuts(text, filters)
}
