import Testing

@Test(arguments: [
  ("Het kost € 3,50 nu.", "Het kost drie euro vijftig nu."),
  ("Het kost 3,50 €.", "Het kost drie euro vijftig."),
  ("Nog €1 over.", "Nog een euro over."),
  ("Voor € 0,99 maar.", "Voor negenennegentig cent maar."),
  ("Dat is 5 miljoen €.", "Dat is vijf miljoen euro."),
  ("Op 5 januari 2024.", "Op vijf januari tweeduizend vierentwintig."),
  ("Op 1 mei.", "Op een mei."),
  ("Op 25-12-2024 dicht.", "Op vijfentwintig december tweeduizend vierentwintig dicht."),
  ("Op 25/12/2024 dicht.", "Op vijfentwintig december tweeduizend vierentwintig dicht."),
  ("Op 2024-03-08.", "Op acht maart tweeduizend vierentwintig."),
  ("Geboren 12 okt. 1990.", "Geboren twaalf oktober negentienhonderd negentig."),
  ("Om 14:30 uur.", "Om veertien uur dertig."),
  ("Om 14.30 uur.", "Om veertien uur dertig."),
  ("Om 8 uur begint het.", "Om acht uur begint het."),
  ("Om 20:15 begint het.", "Om twintig uur vijftien begint het."),
  ("Nog 5 km lopen.", "Nog vijf kilometer lopen."),
  ("Met 120 km/h.", "Met honderdtwintig kilometer per uur."),
  ("Het weegt 1 kg.", "Het weegt een kilogram."),
  ("Duurt 5 min ongeveer.", "Duurt vijf minuten ongeveer."),
  ("Neem 250g bloem.", "Neem tweehonderdvijftig gram bloem."),
  ("Neem 1,5 l water.", "Neem een komma vijf liter water."),
  ("Er is 16 GB vrij.", "Er is zestien gigabyte vrij."),
  ("Het is 20 °C.", "Het is twintig graden Celsius."),
  ("Het is -5 °C.", "Het is min vijf graden Celsius."),
  ("Zo'n 25 % meer.", "Zo'n vijfentwintig procent meer."),
  ("Zo'n 3,5% meer.", "Zo'n drie komma vijf procent meer."),
  ("Pi is 3,14.", "Pi is drie komma veertien."),
  (
    "Dat zijn 1.234.567 mensen.",
    "Dat zijn een miljoen tweehonderdvierendertigduizend vijfhonderdzevenenzestig mensen."
  ),
  ("Zo'n 5\u{A0}000 km.", "Zo'n vijfduizend kilometer."),
  ("Het zijn 22 kg en 33 kg.", "Het zijn tweeëntwintig kilogram en drieëndertig kilogram."),
  ("De 1e keer.", "De eerste keer."),
  ("De 3e verdieping.", "De derde verdieping."),
  ("De 20ste eeuw.", "De twintigste eeuw."),
  ("De 8e plaats.", "De achtste plaats."),
  ("Bladzijden 5–10.", "Bladzijden vijf tot tien."),
  ("Jaren 1990–1995.", "Jaren negentienhonderd negentig tot negentienhonderd vijfennegentig."),
  ("Neem 3-4 kg.", "Neem drie tot vier kilogram."),
  ("Bel 020 1234567.", "Bel nul twee nul, een twee drie vier vijf zes zeven."),
  ("Bel +31 20 123456.", "Bel plus drie een, twee nul, een twee drie vier vijf zes."),
  ("Neem 3/4 liter.", "Neem drie kwart liter."),
  ("Na 1½ uur.", "Na anderhalf uur."),
  ("Versie 2.0.1 is uit.", "Versie twee punt nul punt een is uit."),
  ("Open verslag.pdf nu.", "Open verslag punt pdf nu."),
  ("Sinds 1999 hier.", "Sinds negentienhonderd negenennegentig hier."),
  ("Zie hoofdstuk IV.", "Zie hoofdstuk vier."),
  ("Willem II regeerde.", "Willem de tweede regeerde."),
])
func `Dutch numbers are read as a reader would`(written: String, spoken: String) {
  #expect(spelled(written, "nl") == spoken)
}

@Test(arguments: [
  "Ik heb 2 katten.", "Het werd 3-1.", "Bus 42 komt.", "MP3 en B2B.", "Ik ben 5.", "Blz. 12.",
])
func `what is unsure in Dutch is left to the engine`(text: String) {
  #expect(spelled(text, "nl") == text)
}
