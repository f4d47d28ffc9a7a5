import KugelReading
import KugelText
import Testing

private let filters = TextFilters(.markdown)

@Test(arguments: [
  ("**bold** and *it* and ***both***", "bold and it and both"),
  ("__bold__ and _it_", "bold and it"),
  ("**Wichtig**es und **bold**text", "Wichtiges und boldtext"),
  ("2*3*4 and 2 * 3", "2*3*4 and 2 * 3"),
  ("snake_case and __init__ and __my_var__", "snake_case and __init__ and __my_var__"),
  ("*.txt and src/*", "*.txt and src/*"), ("~~gone~~ and ~5", "gone and ~5"),
  ("**.NET** rocks", ".NET rocks"),
  ("fill in ____ please", "fill in ____ please"), ("*a **b** c*", "a b c"),
  ("\"*Hi*,\" he said.", "\"Hi,\" he said."),
  ("**Note:** this", "Note: this"), ("a*b", "a*b"), ("(*see*)", "(see)"),
  ("**5** of *6*", "5 of 6"),
  ("never **closed", "never closed"), ("1 ** 2", "1 ** 2"), ("foo* bar", "foo* bar"),
  ("_a_b_", "a_b"), ("**/*.swift and src/**/*.ts, src/**", "**/*.swift and src/**/*.ts, src/**"),
  ("**a**/**b** and **x/** y", "a/b and x/ y"), ("~one~ and ~two words~.", "one and two words."),
  ("~/bin and ~/lib, ~a b", "~/bin and ~/lib, ~a b"),
])
func `emphasis goes, other stars and lines stay`(written: String, spoken: String) {
  #expect(said(written, filters).string == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test(arguments: [
  ("run `ls -l *.txt` now", "run ls -l *.txt now"), ("``a ` b``", "a ` b"), ("a ` b", "a  b"),
  ("`**not bold**`", "**not bold**"),
  (
    "`" + String(repeating: "long ", count: 30) + "*x*` *y*",
    String(repeating: "long ", count: 30) + "*x* y"
  ),
  ("\\*not\\* \\_it\\_ \\`x\\`", "*not* _it_ `x`"), ("a\\b C:\\dir", "a\\b C:\\dir"),
  ("\\<b\\> \\# x \\<", "b # x <"), ("List&lt;String&gt; x", "List String x"),
  ("&lt;your-name&gt;", "your-name"), ("&lt;b&gt;bold&lt;/b&gt;", "b bold b"),
  ("`List<String>` and `<b>` and `a < b`", "List String and b and a < b"),
  (
    "raw std::vector<std::string> and Map<String, List<int>>",
    "raw std::vector std::string and Map String, List int"
  ),
  ("x <?php echo 'a'; ?> y", "x  y"),
  ("AT&amp;T &lt; 5 &gt; &quot;x&quot; &#65;&#x42;", "AT&T < 5 > \"x\" AB"),
  ("&eacute;t&eacute; &nope; &", "été &nope; &"),
  ("R&D & x", "R&D & x"), ("a <!-- gone --> b", "a  b"),
])
func `code, escapes and entities are read as they are meant`(written: String, spoken: String) {
  #expect(said(written, filters).string == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test(arguments: [
  ("[the docs](https://a.b/c)", "the docs"), ("[a *b*](<x y> 'title') c", "a b c"),
  ("[x](a \"b (c)\")!", "x!"),
  ("[see](https://e.org/w_(d)) it", "see it"), ("[ref][id] and [col][]", "ref and col"),
  ("[alone] stays", "[alone] stays"),
  ("list[0][1] and f(x)[2]", "list[0][1] and f(x)[2]"),
  ("[note](which is good)", "[note](which is good)"),
  ("note[^1] here", "note here"), ("![alt text](a.png) x", "alt text x"), ("![](a.png)x", "x"),
  ("[![badge](b.svg)](https://c.d) y", "badge y"),
  ("<https://a.b/c> and <me@x.org>", "https://a.b/c and me@x.org"),
  ("[laughs] hello", "[laughs] hello"),
  ("[a](https://x.org/" + String(repeating: "y", count: 200) + ") b", "a b"),
  (
    "[" + String(repeating: "long ", count: 30) + "](https://x.org) b",
    "[" + String(repeating: "long ", count: 30) + "] b"
  ),
  ("[a] (b)", "[a] (b)"), ("a! [b](c)", "a! b"),
])
func `of links and pictures the words are said`(written: String, spoken: String) {
  #expect(said(written, filters).string == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test(arguments: [
  ("From $5 to $10, or US$20.", "From $5 to $10, or US$20."), ("$3.50 and $4", "$3.50 and $4"),
  ("so $x^2 + y$ holds", "so formula holds"), ("$$\na = b\n$$ x", "formula x"),
  ("\\(a+b\\) and \\[c\\].", "formula and formula."),
  ("with $n$ items", "with formula items"), ("$10 is 5 $", "$10 is 5 $"),
  ("cost: 5$ or 6$.", "cost: 5$ or 6$."),
  ("$2x + 3 = 7$ ok", "formula ok"), ("a $ b $ c", "a $ b $ c"),
  ("$HOME and $PATH", "$HOME and $PATH"),
  ("\\begin{equation}\nE = mc^2\n\\end{equation} ok", "formula ok"),
  ("so \\begin{align*}a &= b\\end{align*}", "so formula"), ("\\begin{center}", "\\begin{center}"),
])
func `formulas are named, prices stay prices`(written: String, spoken: String) {
  #expect(said(written, filters).string == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test func `a label leads back to its place`() {
  let text = said("See **[the docs](https://a.b)** now", filters)
  #expect(text.string == "See the docs now")
  #expect(text.source(of: 4..<7) == 7..<10)
  #expect(text.source(of: 13..<16) == 32..<35)
}
