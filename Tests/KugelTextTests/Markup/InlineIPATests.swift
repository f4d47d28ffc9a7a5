import KugelText
import Testing

@Test(arguments: [
  ("say /həˈləʊ/ now", ["/həˈləʊ/"]), ("/ʃ/", ["/ʃ/"]), ("/kãʒ/", ["/kãʒ/"]), ("/pão/", []),
  ("(/ˈkuːɡəl/).", ["/ˈkuːɡəl/"]),
  ("/həˈləʊ wɜːld/, /ˈki/", ["/həˈləʊ wɜːld/", "/ˈki/"]), ("<b>/ʒ/</b>", ["/ʒ/"]),
  ("/usr/bin/env", []), ("and/or", []), ("/he/", []), ("a/ʃ/", []), ("/ʃ/a", []), ("/ʃ", []),
  ("//ʃ//", []), ("/ʃ  ʒ/", []), ("/ ʃ /", []), ("/Ʃʃ/", []), ("/café/", []), ("1/2 /3/", []),
  ("/" + String(repeating: "ʃ", count: 129) + "/", []),
])
func `a sound stands between slashes, apart`(text: String, expected: [String]) {
  let scalars = Array(text.unicodeScalars)
  #expect(
    InlineIPA.places(in: scalars).map { String(String.UnicodeScalarView(scalars[$0])) } == expected)
}

@Test(arguments: [("kuːɡəl", "/kuːɡəl/"), ("ki", "/ˈki/"), ("ˈki", "/ˈki/")])
func `what is written as a sound is found as one`(sound: String, expected: String) {
  let written = InlineIPA.written(sound)
  #expect(written == expected)
  #expect(InlineIPA.places(in: Array(written.unicodeScalars)).count == 1)
}
