import Testing

@Test(arguments: [
  "After 9/11 all changed.", "Chapter 3/4 is long.", "On 05/06 it was.", "Part 1/2 is out.",
  "I give it 7/10.", "Page (1/2) of it.", "Wait 100% on 1/2.", "A 2/4 beat.",
  "See https://example.com/x/12:30/5km now.", "See https://192.168.1.1/a.js?x=5kg now.",
])
func `what is no fraction and what is an address stays as it is written`(text: String) {
  #expect(spelled(text, "en") == text.replacing("100%", with: "one hundred percent"))
}

@Test(arguments: [
  ("In the 1980s it was.", "In the nineteen eighties it was."),
  ("Since the 1900s.", "Since the nineteen hundreds."),
  ("In the 2000s and 2010s.", "In the two thousands and twenty tens."),
  ("Music of the 80s.", "Music of the eighties."),
  ("Wait 80s more.", "Wait eighty seconds more."),
  ("In his 30's.", "In his thirties."),
  ("It costs $5-10 now.", "It costs five to ten dollars now."),
  ("It costs €5–10 now.", "It costs five to ten euros now."),
  ("It costs 5–$10 now.", "It costs five to ten dollars now."),
  ("It costs $5–$10/month now.", "It costs five to ten dollars a month now."),
  ("It costs $9.99/hr.", "It costs nine dollars and ninety-nine cents an hour."),
  ("About $5-10 million.", "About five to ten million dollars."),
  ("Open 9am-5pm daily.", "Open nine AM to five PM daily."),
  ("Open 9–11am daily.", "Open nine to eleven AM daily."),
  ("Open 10:30–12:45 today.", "Open ten thirty to twelve forty-five today."),
  ("On Jan 5–7 we met.", "On January fifth to seventh we met."),
  ("On January 5-7, 2024 we met.", "On January fifth to seventh twenty twenty-four we met."),
  ("Add 1/2 tsp. salt.", "Add half a teaspoon salt."),
  ("Add 3/4 lb beef.", "Add three quarters of a pound beef."),
  ("Add 5/8 inch.", "Add five eighths inch."),
  ("On 4/5/2024 it began.", "On April fifth twenty twenty-four it began."),
])
func `decades, prices and times from one to another are read`(written: String, spoken: String) {
  #expect(spelled(written, "en") == spoken)
}

@Test(arguments: [
  ("en-gb", "On 4/5/2024 it began.", "On the fourth of May twenty twenty-four it began."),
  ("fr", "Un prix de 1 000 000 €.", "Un prix de un million d'euros."),
  ("fr", "Et 2\u{202F}000\u{202F}000 $ aussi.", "Et deux millions de dollars aussi."),
  ("es", "Son 1.000.000 €.", "Son un millón de euros."),
  ("it", "Sono 1.000.000 €.", "Sono un milione di euro."),
  ("pt", "São 1.000.000 €.", "São um milhão de euros."),
  ("it", "Al 2° piano.", "Al secondo piano."),
  ("it", "Oggi 20° a Roma.", "Oggi venti gradi a Roma."),
  ("fr", "Au XIXe siècle.", "Au dix-neuvième siècle."),
  ("fr", "La Ve République.", "La cinquième République."),
  ("fr", "François Ier régna.", "François premier régna."),
  ("es", "El siglo XIX fue.", "El siglo diecinueve fue."),
  ("it", "Nel XIX secolo.", "Nel diciannovesimo secolo."),
  ("nl", "In de XIXe eeuw.", "In de negentiende eeuw."),
  ("pt", "No século XIX foi.", "No século dezenove foi."),
  ("pl", "W XIX wieku.", "W dziewiętnastym wieku."),
  ("pl", "Koniec XIX w. był zimny.", "Koniec dziewiętnastego wieku był zimny."),
  ("de", "Nur 1 % mehr.", "Nur ein Prozent mehr."),
  ("de", "Nach ½ Std. gehen.", "Nach einer halben Stunde gehen."),
  ("de", "Nimm 1/2 TL Salz.", "Nimm einen halben Teelöffel Salz."),
  ("de", "1/2 TL Salz", "ein halber Teelöffel Salz"),
  ("de", "Etwa 1,5 Mio. € mehr.", "Etwa eins Komma fünf Millionen Euro mehr."),
  ("de", "Etwa 3 Mio. Leute.", "Etwa drei Millionen Leute."),
  ("de", "Nur 5,- € heute.", "Nur fünf Euro heute."),
  ("nl", "Het is € 5,- nu.", "Het is vijf euro nu."),
  ("pl", "Około 5–10 km stąd.", "Około pięciu do dziesięciu kilometrów stąd."),
  ("pl", "Od 5–10 km.", "Od pięciu do dziesięciu kilometrów."),
  ("pl", "Jutro o godz. 14:05 wyjazd.", "Jutro o godz. czternastej pięć wyjazd."),
  ("pl", "W 2024 r. było ciepło.", "W dwa tysiące dwudziestym czwartym roku było ciepło."),
  ("pt-pt", "São 17 km.", "São dezassete quilómetros."),
])
func `each language has its own habits`(language: String, written: String, spoken: String) {
  #expect(spelled(written, language) == spoken)
}
