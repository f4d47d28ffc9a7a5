import Testing

@Test(arguments: [
  ("Costa 3,50 €.", "Costa tre euro e cinquanta."),
  ("Resta 1 € qui.", "Resta un euro qui."),
  ("Per 0,99 € solo.", "Per novantanove centesimi solo."),
  ("Sono 21 € a testa.", "Sono ventuno euro a testa."),
  ("Sono 5 milioni € spesi.", "Sono cinque milioni di euro spesi."),
  ("Il 5 gennaio 2024.", "Il cinque gennaio duemilaventiquattro."),
  ("Il 1° maggio.", "Il primo maggio."),
  ("Il 25/12/2024 si chiude.", "Il venticinque dicembre duemilaventiquattro si chiude."),
  ("Il 2024-03-08.", "Il otto marzo duemilaventiquattro."),
  ("Nato il 12 ott. 1990.", "Nato il dodici ottobre millenovecentonovanta."),
  ("Alle 14:30 in punto.", "Alle quattordici e trenta in punto."),
  ("All'1:00 di notte.", "All'una di notte."),
  ("Alle 21:15 inizia.", "Alle ventuno e quindici inizia."),
  ("Alle 10:00 esatte.", "Alle dieci esatte."),
  ("Ancora 5 km a piedi.", "Ancora cinque chilometri a piedi."),
  ("A 130 km/h.", "A centotrenta chilometri all'ora."),
  ("Pesa 1 kg.", "Pesa un chilogrammo."),
  ("Dura 1 min circa.", "Dura un minuto circa."),
  ("Servono 250g di farina.", "Servono duecentocinquanta grammi di farina."),
  ("Servono 1,5 l d'acqua.", "Servono uno virgola cinque litri d'acqua."),
  ("Ha 16 GB liberi.", "Ha sedici gigabyte liberi."),
  ("Ci sono 20 °C.", "Ci sono venti gradi Celsius."),
  ("Ci sono -5 °C.", "Ci sono meno cinque gradi Celsius."),
  ("Il 25 % in più.", "Il venticinque per cento in più."),
  ("Il 3,5% in più.", "Il tre virgola cinque per cento in più."),
  ("Pi vale 3,14.", "Pi vale tre virgola quattordici."),
  (
    "Sono 1.234.567 persone.",
    "Sono un milione duecentotrentaquattromilacinquecentosessantasette persone."
  ),
  ("Circa 5\u{A0}000 km.", "Circa cinquemila chilometri."),
  ("Sono 23 kg e 33 kg.", "Sono ventitré chilogrammi e trentatré chilogrammi."),
  ("Il 2º piano.", "Il secondo piano."),
  ("La 3ª volta.", "La terza volta."),
  ("Il 11º giorno.", "Il undicesimo giorno."),
  ("Pagine 5–10.", "Pagine da cinque a dieci."),
  ("Anni 1990–1995.", "Anni millenovecentonovanta a millenovecentonovantacinque."),
  ("Prendi 3-4 kg.", "Prendi da tre a quattro chilogrammi."),
  ("Chiama lo 06 123 4567.", "Chiama lo zero sei, uno due tre, quattro cinque sei sette."),
  ("Chiama +39 06 12345.", "Chiama più tre nove, zero sei, uno due tre quattro cinque."),
  ("I 2/3 del totale.", "I due terzi del totale."),
  ("Dopo 1½ giri.", "Dopo uno e mezzo giri."),
  ("La versione 2.0.1 c'è.", "La versione due punto zero punto uno c'è."),
  ("Apri rapporto.pdf ora.", "Apri rapporto punto pdf ora."),
  ("Nel 1999 qui.", "Nel millenovecentonovantanove qui."),
  ("Vedi capitolo IV.", "Vedi capitolo quattro."),
  ("Luigi XIV regnò.", "Luigi quattordicesimo regnò."),
])
func `Italian numbers are read as a reader would`(written: String, spoken: String) {
  #expect(spelled(written, "it") == spoken)
}

@Test(arguments: [
  "Ho 2 gatti.", "Finì 3-1.", "Il bus 42 arriva.", "MP3 e B2B.", "Ho 5.", "Pagina 12.",
])
func `what is unsure in Italian is left to the engine`(text: String) {
  #expect(spelled(text, "it") == text)
}
