import KugelReading
import KugelText
import Testing

@Test(arguments: [
  ("Replace <your-name> with it.", "Replace your-name with it."),
  ("Press <Enter> now.", "Press Enter now."),
  ("A List<String> is", "A List String is"), ("if a < b and c > d", "if a < b and c > d"),
  ("Map<String, Int>()", "Map String, Int()"), ("i <3 you", "i <3 you"), ("a<b", "a<b"),
  ("x <= y", "x <= y"),
  ("<b>bold</b> and <i>it</i>", "bold and it"), ("<a href=\"https://x.y/?a=1>2\">link</a>", "link"),
  ("<span class='x'>in</span>", "in"), ("<img src=\"a.png\" alt=\"A cat\"> sits", "A cat sits"),
  ("a<!-- not this -->b", "ab"), ("<script>var a = 1 < 2;</script>after", "after"),
  ("<style>p { }</style>x", "x"), ("<!DOCTYPE html>x", "x"), ("<input disabled>x", "x"),
  ("<Title> and </Foo>", "Title and Foo"), ("<b and c> d", "b and c d"), ("end <", "end <"),
  ("say <break time=\"400ms\"/> on", "say <break time=\"400ms\"/> on"),
  ("<spell>a<b>1 < 2</spell>", "<spell>a<b>1 < 2</spell>"),
  ("<prosody rate=\"slow\">hi</prosody>", "<prosody rate=\"slow\">hi</prosody>"),
  ("<prosody pitch=\"high\">hi</prosody>", "hi"), ("stray</prosody> x</spell>", "stray x"),
  ("vector<vector<int>> v", "vector vector int v"),
  ("Map<String, List<int>> m", "Map String, List int m"),
  ("std::vector<std::string>", "std::vector std::string"),
  ("f<a -> b> c", "f a -> b c"), ("<?php echo 1 > 2; ?>x", "x"), ("<?xml version='1'?>x", "x"),
  ("a <b c", "a <b c"), ("<p>One</p><p>Two</p>", "One\n\nTwo\n\n"),
  ("one<br>two", "one\ntwo"), ("<ul><li>a</li><li>b</li></ul>", "a\nb\n"),
  ("<https://example.com>", "https://example.com"),
  ("if x<y and z>w then", "if x<y and z>w then"), ("while 5<x and y>3", "while 5<x and y>3"),
  ("Map<String, Int> m", "Map String, Int m"), ("A List&lt;String&gt; is", "A List String is"),
  ("AT&amp;T and R&D &amp; more", "AT&T and R&D & more"), ("a &lt; b", "a < b"),
  ("5 &lt; 6 &#38; 7 &unknown; x", "5 < 6 & 7 &unknown; x"),
])
func `a tag is ours, HTML's, or text`(written: String, spoken: String) {
  let text = said(written, .plain).string
  if spoken == "https://example.com" {
    #expect(said(written, TextFilters(.markdown)).string == spoken)
  } else {
    #expect(text == spoken)
  }
  expectSameWhateverTheCuts(written, .plain)
}

@Test func `what HTML sets apart is marked`() {
  let text = said("<h1>Head</h1><p>Body</p><ul><li>a</li></ul><tr><td>x</td></tr>", .plain)
  #expect(text.endings.map(\.mark) == [.heading, .paragraph, .item, .row, .paragraph])
}

@Test(arguments: [
  "a <break time=\"1s\"\n\n/> in 1 km", "a <break time='5 km'\n\n/><spell>5 km</spell>",
  "<spell\n\n>5 km</spell\n\n> 5 km",
])
func `no tag goes on behind the end of its paragraph`(text: String) {
  expectSameWhateverTheCuts(text, TextFilters(.numbers))
}
