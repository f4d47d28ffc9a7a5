import Testing

@Test(arguments: [
  ("Cela coûte 3,50 €.", "Cela coûte trois euros cinquante."),
  ("Il reste 1 € ici.", "Il reste un euro ici."),
  ("Pour 0,99 € seulement.", "Pour quatre-vingt-dix-neuf centimes seulement."),
  ("Environ 80 € par jour.", "Environ quatre-vingts euros par jour."),
  ("Il gagne 2 millions €.", "Il gagne deux millions d'euros."),
  ("Le 14 juillet 1789.", "Le quatorze juillet mille sept cent quatre-vingt-neuf."),
  ("Le 1er janvier 2024.", "Le premier janvier deux mille vingt-quatre."),
  ("Le 05/01/2024 au soir.", "Le cinq janvier deux mille vingt-quatre au soir."),
  ("Le 2024-03-21.", "Le vingt et un mars deux mille vingt-quatre."),
  ("Le 3 août.", "Le trois août."),
  ("À 14h30 précises.", "À quatorze heures trente précises."),
  ("À 1h du matin.", "À une heure du matin."),
  ("À 21 h 15.", "À vingt et une heures quinze."),
  ("À 10:00 pile.", "À dix heures pile."),
  ("À 8:05 pile.", "À huit heures cinq pile."),
  ("Encore 5 km à pied.", "Encore cinq kilomètres à pied."),
  ("Il roule à 130 km/h.", "Il roule à cent trente kilomètres heure."),
  ("Ajoutez 250g de farine.", "Ajoutez deux cent cinquante grammes de farine."),
  ("Versez 1,5 l d'eau.", "Versez un virgule cinq litre d'eau."),
  ("Il a 16 Go libres.", "Il a seize gigaoctets libres."),
  ("Il fait 20 °C.", "Il fait vingt degrés Celsius."),
  ("Il fait -1 °C.", "Il fait moins un degré Celsius."),
  ("Soit 25 % de plus.", "Soit vingt-cinq pour cent de plus."),
  ("Soit 3,5% de plus.", "Soit trois virgule cinq pour cent de plus."),
  ("Pi vaut 3,14.", "Pi vaut trois virgule quatorze."),
  ("Il y a 5\u{A0}000 km.", "Il y a cinq mille kilomètres."),
  ("Il y a 5 000 km.", "Il y a cinq mille kilomètres."),
  (
    "Soit 1\u{202F}234\u{202F}567 habitants.",
    "Soit un million deux cent trente-quatre mille cinq cent soixante-sept habitants."
  ),
  ("Le 2e étage.", "Le deuxième étage."),
  ("La 1re fois.", "La première fois."),
  ("Au 19ème siècle.", "Au dix-neuvième siècle."),
  ("Pages 5–10.", "Pages cinq à dix."),
  ("De 1990–1995.", "De mille neuf cent quatre-vingt-dix à mille neuf cent quatre-vingt-quinze."),
  ("Prenez 3-4 kg.", "Prenez trois à quatre kilogrammes."),
  (
    "Appelez le 01 23 45 67 89.",
    "Appelez le zéro un, deux trois, quatre cinq, six sept, huit neuf."
  ),
  ("Appelez +33 1 23 45 67.", "Appelez plus trois trois, un, deux trois, quatre cinq, six sept."),
  ("Un 3/4 de litre.", "Un trois quarts de litre."),
  ("Après 1½ tour.", "Après un et demi tour."),
  ("Version 2.0.1 publiée.", "Version deux point zéro point un publiée."),
  ("Ouvrez rapport.pdf vite.", "Ouvrez rapport point pdf vite."),
  ("Depuis 1999 déjà.", "Depuis mille neuf cent quatre-vingt-dix-neuf déjà."),
  ("Voir chapitre IV.", "Voir chapitre quatre."),
  ("Louis XIV régna.", "Louis quatorze régna."),
  ("Le n° 71 ou 71 €.", "Le n° 71 ou soixante et onze euros."),
])
func `French numbers are read as a reader would`(written: String, spoken: String) {
  #expect(spelled(written, "fr") == spoken)
}

@Test(arguments: [
  "J'ai 2 chats.", "Score de 3-1.", "Le bus 42 arrive.", "En 1999 personnes.", "J'ai 5.",
  "MP3 et B2B.", "Page 12.", "24/7",
])
func `what is unsure in French is left to the engine`(text: String) {
  #expect(spelled(text, "fr") == text)
}
