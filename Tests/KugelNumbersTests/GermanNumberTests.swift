import Testing

@Test(arguments: [
  ("Das kostet 3,50 €.", "Das kostet drei Euro fünfzig."),
  ("Es kostet 1 € mehr.", "Es kostet ein Euro mehr."),
  ("Nur 0,99 € je Stück.", "Nur neunundneunzig Cent je Stück."),
  ("Für 20 EUR.", "Für zwanzig Euro."),
  ("Etwa 3,2 Mrd. Euro.", "Etwa drei Komma zwei Milliarden Euro."),
  ("Am 3. Oktober 1990 war es so.", "Am dritten Oktober neunzehnhundertneunzig war es so."),
  ("Heute ist der 1. Mai.", "Heute ist der erste Mai."),
  ("Berlin, 24. Dezember 2024.", "Berlin, vierundzwanzigster Dezember zweitausendvierundzwanzig."),
  ("Am 15.01.2024 begann es.", "Am fünfzehnten Januar zweitausendvierundzwanzig begann es."),
  ("Seit dem 2024-03-07.", "Seit dem siebten März zweitausendvierundzwanzig."),
  ("Um 14:30 Uhr.", "Um vierzehn Uhr dreißig."),
  ("Um 8 Uhr geht es los.", "Um acht Uhr geht es los."),
  ("Um 1 Uhr nachts.", "Um ein Uhr nachts."),
  ("Um 14.30 Uhr.", "Um vierzehn Uhr dreißig."),
  ("Um 20:15 beginnt der Film.", "Um zwanzig Uhr fünfzehn beginnt der Film."),
  ("Noch 5 km bis Ulm.", "Noch fünf Kilometer bis Ulm."),
  ("Mit 130 km/h.", "Mit einhundertdreißig Kilometer pro Stunde."),
  ("Es sind 1 t und 2 t.", "Es sind 1 t und 2 t."),
  ("Nimm 250g Mehl.", "Nimm zweihundertfünfzig Gramm Mehl."),
  ("Etwa 1,5 l Wasser.", "Etwa eins Komma fünf Liter Wasser."),
  ("Es sind 16 GB frei.", "Es sind sechzehn Gigabyte frei."),
  ("Bei 21 °C.", "Bei einundzwanzig Grad Celsius."),
  ("Bei -5 °C.", "Bei minus fünf Grad Celsius."),
  ("Rund 25 % mehr.", "Rund fünfundzwanzig Prozent mehr."),
  ("Das sind 3,5% davon.", "Das sind drei Komma fünf Prozent davon."),
  ("Pi ist 3,14.", "Pi ist drei Komma eins vier."),
  (
    "Es waren 1.234.567 Leute.",
    "Es waren eine Million zweihundertvierunddreißigtausendfünfhundertsiebenundsechzig Leute."
  ),
  ("Gut 5\u{A0}000 Leute.", "Gut fünftausend Leute."),
  ("Der 2. Versuch gelang.", "Der zweite Versuch gelang."),
  ("Beim 3. Mal.", "Beim dritten Mal."),
  ("Im 19. Jahrhundert.", "Im neunzehnten Jahrhundert."),
  ("Seiten 5–10 lesen.", "Seiten fünf bis zehn lesen."),
  ("Von 1990–1995.", "Von neunzehnhundertneunzig bis neunzehnhundertfünfundneunzig."),
  ("Etwa 3-4 kg.", "Etwa drei bis vier Kilogramm."),
  ("Tel. 030 1234567.", "Tel. null drei null, eins zwei drei vier fünf sechs sieben."),
  ("Ruf +49 30 123456 an.", "Ruf plus vier neun, drei null, eins zwei drei vier fünf sechs an."),
  ("Ein 3/4 Liter.", "Ein drei Viertel Liter."),
  ("Nach 1½ Stunden.", "Nach eineinhalb Stunden."),
  ("Version 2.0.1 ist da.", "Version zwei Punkt null Punkt eins ist da."),
  ("Die Datei bericht.pdf fehlt.", "Die Datei bericht Punkt pdf fehlt."),
  ("Seit 1989 frei.", "Seit neunzehnhundertneunundachtzig frei."),
  ("Siehe Kapitel IV.", "Siehe Kapitel vier."),
  ("Ludwig XIV. war König.", "Ludwig der Vierzehnte war König."),
])
func `German numbers are read as a reader would`(written: String, spoken: String) {
  #expect(spelled(written, "de") == spoken)
}

@Test(arguments: [
  "Ich habe 2 Katzen.", "Es steht 3:1.", "Bus 42 kommt.", "Es war 1990.", "z. B. und d. h.",
  "Ich bin 5.", "Seite 3. Dann kam er.", "MP3 und B2B.", "Die 10 Gebote.", "24/7 offen",
])
func `what is unsure in German is left to the engine`(text: String) {
  #expect(spelled(text, "de") == text)
}
