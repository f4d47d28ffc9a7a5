import Testing

@Test(arguments: [
  ("en", "We met at 5 p.m. It was cold.", "We met at five PM. It was cold."),
  ("en", "At 12:00 a.m. Then we left.", "At twelve AM. Then we left."),
  ("en", "At 5 p.m. Monday we met.", "At five PM Monday we met."),
  ("en", "At 5 p.m. EST we met.", "At five PM EST we met."),
  ("en", "It ends at 5 p.m.", "It ends at five PM."),
  ("en", "It ends at 5 p.m.\n\nThen", "It ends at five PM.\n\nThen"),
  ("en", "Rest (5–10 min.) first.", "Rest (five to ten minutes) first."),
  ("en", "It takes 10 min., 1 hr. or so.", "It takes ten minutes, one hour or so."),
  ("en", "It takes 10 min. Then rest.", "It takes ten minutes. Then rest."),
  ("de", "Unter Karl V. Danach kam er.", "Unter Karl der Fünfte. Danach kam er."),
  ("de", "Unter Philipp II. Er siegte.", "Unter Philipp der Zweite. Er siegte."),
  ("de", "Es war Philipp II.", "Es war Philipp der Zweite."),
  ("de", "Ludwig XIV. war König.", "Ludwig der Vierzehnte war König."),
  ("de", "Etwa 30–60 Min. ruhen lassen.", "Etwa dreißig bis sechzig Minuten ruhen lassen."),
  ("de", "Dann 30 Min. Backzeit.", "Dann dreißig Minuten Backzeit."),
  ("de", "Es dauert 30 Min. Danach ruhen.", "Es dauert dreißig Minuten. Danach ruhen."),
])
func `the stop of an abbreviation ends the sentence or goes`(
  language: String, written: String, spoken: String
) {
  #expect(spelled(written, language) == spoken)
}
