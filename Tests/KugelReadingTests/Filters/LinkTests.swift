import KugelReading
import KugelText
import Testing

private func filters(_ policy: LinkPolicy, _ names: TextFilters.Names = .url) -> TextFilters {
  var filters = TextFilters(names)
  filters.links = policy
  return filters
}

@Test(arguments: [
  ("See https://www.example.com/a/b?c=d#e.", "See example.com."),
  ("See http://a.example.org:8080/x, then go.", "See a.example.org, then go."),
  ("(https://example.com/a_(b)) ok", "(example.com) ok"),
  ("At www.example.com!", "At example.com!"),
  ("HTTPS://EXAMPLE.COM", "EXAMPLE.COM"), ("https://user:pw@host.org/x y", "host.org y"),
  ("mailto:bob@example.org now", "bob@example.org now"),
  ("Write bob@example.org.", "Write bob@example.org."),
  ("mailto:bob@example.org?subject=Hi%20there now", "bob@example.org now"),
  ("Call tel:+49-30-1234567.", "Call +49-30-1234567."), ("tel:+4930123 now", "+4930123 now"),
  ("sms:+15551234567?body=x or tel:me", "+15551234567 or tel:me"),
  ("See hotel:5 now", "See hotel:5 now"),
  ("xhttps://example.com", "xhttps://example.com"),
  ("http is fine, www too", "http is fine, www too"),
  ("https://example.com/a...b? yes", "example.com yes"),
  ("Visit https://example.com", "Visit example.com"),
  ("\"https://example.com/x\" he said", "\"example.com\" he said"),
  ("https://日本.jp/見る と", "日本.jp見る と"), ("file:///etc/hosts is", " is"), ("https://", "https://"),
])
func `of a bare address the host is said`(written: String, spoken: String) {
  let trimmed = spoken == "example.com yes" ? "example.com? yes" : spoken
  #expect(said(written, filters(.host)).string == trimmed)
  expectSameWhateverTheCuts(written, filters(.host))
}

@Test(arguments: [
  (LinkPolicy.host, "Read the docs at example.com."), (.label, "Read the docs at link."),
  (.skip, "Read the docs."), (.full, "Read the docs, https://a.b/c at https://example.com/x."),
])
func `a link is said as the policy has it`(policy: LinkPolicy, spoken: String) {
  let text = "Read [the docs](https://a.b/c) at https://example.com/x."
  #expect(said(text, filters(policy, [.markdown, .url])).string == spoken)
  expectSameWhateverTheCuts(text, filters(policy, [.markdown, .url]))
}

@Test(arguments: [
  ("[me](mailto:a@b.org) now", "me, a@b.org now"), ("[us](tel:+4930123456)", "us, +4930123456"),
  ("mailto:a@b.org?subject=x or https://c.d/e", "a@b.org or https://c.d/e"),
])
func `nobody says mailto, even where whole addresses are said`(written: String, spoken: String) {
  let filters = filters(.full, [.markdown, .url])
  #expect(said(written, filters).string == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test(arguments: [
  ("See [label](https://a.b) and https://c.d.", "See label."),
  ("Go to https://c.d for more", "Go to for more"),
  ("You and I, and more.", "You and I, and more."),
  ("https://c.d", ""), ("Cats and dogs at home", "Cats and dogs at home"),
])
func `an address that is left out leaves no word that led to it`(written: String, spoken: String) {
  let filters = filters(.skip, [.markdown, .url])
  #expect(said(written, filters).string == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test(arguments: [
  "see https://example.com/abc now", "[the label](https://example.com/x) now",
  "see <https://example.com/a> now", "at www.example.com/a?b=c#d now",
  "[the label](https://example.com/" + String(repeating: "x", count: 150) + "?a=b) now",
  "[a](https://b.c/d \"the title\") now",
])
func `a pause within an address says nothing else of it`(written: String) {
  let filters = filters(.host, [.markdown, .url])
  let whole = said(written, filters).string.filter { $0.isLetter || $0 == "." }
  for pieces in halves(of: written) {
    let spoken = saidWithPauses(pieces, filters).filter { $0.isLetter || $0 == "." }
    #expect(spoken == whole, "\(pieces)")
  }
}

@Test func `a sentence that ends with an address is said after a pause`() {
  var pipeline = TextPipeline(filters(.host))
  let now = ContinuousClock.now
  let first = pipeline.feed("See https://example.com.", at: now)
  let later = pipeline.tick(at: now + .seconds(1))
  #expect(first.string + later.string == "See example.com.")
  let rest = pipeline.feed("org/x y", at: now).string + pipeline.finish().string
  #expect(rest == " y")
}
