import Testing

@Test(arguments: [
  ("en", "if a < b and c > d", "if a less than b and c greater than d"),
  ("en", "x<y and z>w", "x less than y and z greater than w"),
  ("en", "Wait <5 km.", "Wait less than five kilometres."),
  ("en", "while count < limit", "while count less than limit"),
  ("en", "x >= 5, y<=2", "x greater than or equal to 5, y less than or equal to 2"),
  ("en", "a > -1", "a greater than minus one"),
  ("en", "x² + y³ = 2²", "x squared + y cubed = 2 squared"),
  ("en", "I <3 you, File > Open, a -> b, x => y", "I <3 you, File > Open, a -> b, x => y"),
  ("en", "It takes ~5 min (~3 km).", "It takes about five minutes (about three kilometres)."),
  ("en", "in ~/bin and a~5", "in ~/bin and a~5"),
  ("pl", "Około ~5 km.", "Około w przybliżeniu pięć kilometrów."),
  ("en", "word² and end <", "word² and end <"),
  ("de", "Wenn a < b.", "Wenn a kleiner als b."), ("de", "x² ist", "x zum Quadrat ist"),
  ("fr", "Si a > b.", "Si a supérieur à b."), ("es", "Si a < b.", "Si a menor que b."),
  ("it", "Se a < b.", "Se a minore di b."), ("pt", "Se a > 5.", "Se a maior que 5."),
  ("nl", "Als a < b.", "Als a kleiner dan b."), ("pl", "Gdy a < b.", "Gdy a mniejsze niż b."),
])
func `signs that a voice leaves out are words`(language: String, written: String, spoken: String) {
  #expect(spelled(written, language) == spoken)
}
