import Testing

// What the word before a number, or the noun behind it, makes of it.

@Test(arguments: [
  ("Mam do 5 km.", "Mam do pięciu kilometrów."),
  ("Jest do 1 km stąd.", "Jest do jednego kilometra stąd."),
  ("Około 1 000 km.", "Około tysiąca kilometrów."),
  ("Bez 2 min nie zdążę.", "Bez dwóch minut nie zdążę."),
  ("Będę za 1 min.", "Będę za jedną minutę."),
  ("Pada przez 1 h.", "Pada przez jedną godzinę."),
  ("Trwa 5 h.", "Trwa pięć godzin."),
  ("Kosztuje do 10 zł.", "Kosztuje do dziesięciu złotych."),
  ("Od 3,50 zł.", "Od trzech złotych pięćdziesięciu groszy."),
  ("Wzrost do 25 %.", "Wzrost do dwudziestu pięciu procent."),
  ("Do 2 mln zł.", "Do dwóch milionów złotych."),
  ("Od 5 °C.", "Od pięciu stopni Celsjusza."),
  ("Strony 1000–2500.", "Strony od tysiąca do dwóch tysięcy pięciuset."),
  ("W 1999 roku.", "W tysiąc dziewięćset dziewięćdziesiątym dziewiątym roku."),
  ("Do 2024 roku.", "Do dwa tysiące dwudziestego czwartego roku."),
  ("Po 2000 roku.", "Po dwutysięcznym roku."),
  ("Lata 90. były dobre.", "Lata dziewięćdziesiąte były dobre."),
  (
    "W latach 80. i 90. było inaczej.",
    "W latach osiemdziesiątych i dziewięćdziesiątych było inaczej."
  ),
  ("Moda lat 20.", "Moda lat dwudziestych."),
  ("To było 3 maja.", "To było trzeciego maja."),
  ("Dziś jest 3 maja.", "Dziś jest trzeci maja."),
  ("Urlop 5–7 maja.", "Urlop od piątego do siódmego maja."),
  ("Od 5–7 maja.", "Od piątego do siódmego maja."),
  ("Spotkanie o 8.30 w biurze.", "Spotkanie o ósmej trzydzieści w biurze."),
  (
    "Tel. 22 123 45 67 dla pytań.",
    "Tel. dwa dwa, jeden dwa trzy, cztery pięć, sześć siedem dla pytań."
  ),
  ("Stosunek 1/4.", "Stosunek jeden do cztery."),
  ("Jan III panował.", "Jan trzeci panował."),
  ("Jan Paweł II mówił.", "Jan Paweł drugi mówił."),
])
func `Polish cases follow the word before`(written: String, spoken: String) {
  #expect(spelled(written, "pl") == spoken)
}

@Test(arguments: [
  ("L'8 marzo è festa.", "L'otto marzo è festa."),
  ("Dall'11 maggio 2024.", "Dall'undici maggio duemilaventiquattro."),
  ("Il calo dell'11%.", "Il calo dell'undici per cento."),
  ("L'80% vota.", "L'ottanta per cento vota."),
  ("Alle 14.30 si parte.", "Alle quattordici e trenta si parte."),
  ("Ore 8.05 in punto.", "Ore otto e cinque in punto."),
  ("Costa 14.30 euro?", "Costa 14.30 euro?"),
  ("Gli anni '90 erano belli.", "Gli anni 'novanta erano belli."),
  ("Nel '68 protestò.", "Nel 'sessantotto protestò."),
  ("Sono 2.000.000 persone.", "Sono due milioni di persone."),
  ("Sono 1.000.000 di persone.", "Sono un milione di persone."),
  ("Erano 3.000.000 anche ieri.", "Erano tre milioni anche ieri."),
  ("Costa 5 mln €.", "Costa cinque milioni di euro."),
  ("Ci vogliono 2 h.", "Ci vogliono due ore."),
  ("Tra 5–10 min.", "Tra cinque e dieci minuti."),
  ("Servono 5–10 min.", "Servono da cinque a dieci minuti."),
  ("Dal 1990 al 1995.", "Dal millenovecentonovanta al millenovecentonovantacinque."),
  ("Un rapporto di 1/4.", "Un rapporto di uno a quattro."),
  ("Vittorio Emanuele II.", "Vittorio Emanuele II."),
])
func `Italian numbers follow the word before`(written: String, spoken: String) {
  #expect(spelled(written, "it") == spoken)
}

@Test(arguments: [
  ("fr", "Il y a 2 000 000 personnes.", "Il y a deux millions de personnes."),
  ("fr", "Soit 1 000 000 habitants.", "Soit un million d'habitants."),
  ("fr", "Soit 3 000 000 d'euros.", "Soit trois millions d'euros."),
  ("fr", "Ils sont 2 000 000 dans la rue.", "Ils sont deux millions dans la rue."),
  ("fr", "Les 2 000 000 sont là.", "Les deux millions sont là."),
  ("fr", "Un budget de 5 M€.", "Un budget de cinq millions d'euros."),
  ("fr", "Il reste 5 m.", "Il reste cinq mètres."),
  ("fr", "Compter 1 h 30 min de marche.", "Compter une heure trente de marche."),
  ("fr", "À d'1,5 km près.", "À d'un virgule cinq kilomètre près."),
  ("fr", "Un rapport de 1/4.", "Un rapport de un sur quatre."),
  ("fr", "Ouvert 9h-17h.", "Ouvert neuf heures à dix-sept heures."),
  (
    "fr", "Prenez 1/2 l, 1/2 h et 3/4 h.",
    "Prenez un demi litre, une demi heure et trois quarts d'heure."
  ),
  ("es", "Añade 1/2 kg y 1/4 l.", "Añade medio kilogramo y un cuarto de litro."),
  ("it", "Servono 1/2 kg e 1/4 l.", "Servono mezzo chilogrammo e un quarto di litro."),
  ("it", "Dura 1 h.", "Dura un'ora."),
  ("pt", "São 1/2 kg e 1,5 h.", "São meio quilograma e um vírgula cinco horas."),
  ("nl", "Neem 1/2 kg en 1/2 l.", "Neem een half kilogram en een halve liter."),
  ("nl", "Van 9.00 tot 17.30 uur.", "Van negen uur tot zeventien uur dertig."),
  ("pl", "Weź 1/2 kg i 3/4 l.", "Weź pół kilograma i trzy czwarte litra."),
  ("pl", "Około 2 tys. zł.", "Około dwóch tysięcy złotych."),
  ("pt", "Custa R$ 2 mil.", "Custa dois mil reais."),
  ("es", "Son 5 mil €.", "Son cinco mil euros."),
  ("pt", "Ligue (11) 91234-5678.", "Ligue um um, nove um dois três quatro, cinco seis sete oito."),
  ("fr", "L'art. 5 s'applique.", "L'art. 5 s'applique."),
  ("fr", "Voir chap. IV.", "Voir chap. quatre."),
  ("pt", "No séc. XXI foi.", "No séc. vinte e um foi."),
  ("fr", "Entre 5–10 km.", "Entre cinq et dix kilomètres."),
  ("es", "Son 2.000.000 personas.", "Son dos millones de personas."),
  ("es", "Son 2 000 000 personas.", "Son dos millones de personas."),
  ("es", "Son 2.000.000 más.", "Son dos millones más."),
  ("es", "A las 14.30 llega.", "A las catorce y treinta llega."),
  ("es", "A las 3:00 p. m. llega.", "A las tres de la tarde llega."),
  ("es", "Una proporción de 1/4.", "Una proporción de uno a cuatro."),
  ("es", "Alfonso XIII reinó.", "Alfonso trece reinó."),
  ("es", "Dura 2 h.", "Dura dos horas."),
  ("pt", "São 2.000.000 pessoas.", "São dois milhões de pessoas."),
  ("pt", "Às 14.30 chega.", "Às quatorze e trinta chega."),
  ("pt", "Uma razão de 1/4.", "Uma razão de um para quatro."),
  ("pt", "Entre 5–10 km.", "Entre cinco e dez quilômetros."),
  ("pt", "Dom Pedro II reinou.", "Dom Pedro segundo reinou."),
  ("nl", "De jaren '90 waren mooi.", "De jaren 'negentig waren mooi."),
  ("nl", "Het kost 5 mln. euro.", "Het kost vijf miljoen euro."),
  ("nl", "Om 14u30 begint het.", "Om veertien uur dertig begint het."),
  ("nl", "Een verhouding van 1/4.", "Een verhouding van een op vier."),
  ("nl", "Tussen 5–10 km.", "Tussen vijf en tien kilometer."),
  ("nl", "Het zijn 2 000 000 mensen.", "Het zijn twee miljoen mensen."),
])
func `millions, ratios and times have each language's words`(
  language: String, written: String, spoken: String
) {
  #expect(spelled(written, language) == spoken)
}

@Test(arguments: [
  ("Nach 2 ½ Std. war Schluss.", "Nach zweieinhalb Stunden war Schluss."),
  ("Von 9.00 bis 17.30 Uhr.", "Von neun Uhr bis siebzehn Uhr dreißig."),
  ("Von 9.50 bis 17 kg.", "Von 9.50 bis siebzehn Kilogramm."),
  ("Das macht CHF 5,50 und EUR 20.", "Das macht fünf Franken fünfzig und zwanzig Euro."),
  ("Vor 1 min ging er.", "Vor einer Minute ging er."),
  ("Mit 1 km fing es an.", "Mit einem Kilometer fing es an."),
  ("In 1 h geht es los.", "In einer Stunde geht es los."),
  ("Für 1 € mehr.", "Für einen Euro mehr."),
  ("Für 1,50 € mehr.", "Für ein Euro fünfzig mehr."),
  ("Nach 2 h war es gut.", "Nach zwei Stunden war es gut."),
  ("In den 1920er, 90er Jahren.", "In den neunzehnhundertzwanziger, neunziger Jahren."),
  ("Seit den 90ern.", "Seit den neunzigern."),
  ("Vom 7.–9. Mai ist Markt.", "Vom siebten bis neunten Mai ist Markt."),
  ("Markt: 7.–9. Mai 2024.", "Markt: siebter bis neunter Mai zweitausendvierundzwanzig."),
  ("Am 1.5. ist frei.", "Am ersten Mai ist frei."),
  ("Kapitel 1.5. ist lang.", "Kapitel 1.5. ist lang."),
  ("Um 14 Uhr 30 geht es los.", "Um vierzehn Uhr dreißig geht es los."),
  ("Um 14 Uhr 30 km weiter.", "Um vierzehn Uhr dreißig Kilometer weiter."),
  ("Ein Verhältnis von 1/4.", "Ein Verhältnis von eins zu vier."),
  ("Zwischen 5–10 km.", "Zwischen fünf und zehn Kilometer."),
  ("Im Mai 1999 war es.", "Im Mai neunzehnhundertneunundneunzig war es."),
])
func `German numbers follow the word before`(written: String, spoken: String) {
  #expect(spelled(written, "de") == spoken)
}

@Test(arguments: [
  ("The 1920s, 90s and 80s.", "The nineteen twenties, nineties and eighties."),
  ("Wait 80s, 90s or so.", "Wait eighty seconds, ninety seconds or so."),
  ("The 80s and 90s.", "The eighties and nineties."),
  ("The '80s and '90s.", "The 'eighties and 'nineties."),
  ("In '68 it was.", "In 'sixty-eight it was."),
  ("He said '5 km' to me.", "He said 'five kilometres' to me."),
  ("He is 5'10\" tall.", "He is 5'10\" tall."),
  ("A ratio of 1/4.", "A ratio of one to four."),
  ("The ratio 3:1 is good.", "The ratio three to one is good."),
  ("Only 1/4 of it.", "Only one quarter of it."),
  ("On the 4th of July 1999.", "On the fourth of July nineteen ninety-nine."),
  ("On 5–7 May 2024.", "On May fifth to seventh twenty twenty-four."),
  ("On the 5–7 May.", "On the fifth to the seventh of May."),
  ("In January 1999 it was.", "In January nineteen ninety-nine it was."),
  ("At 2.30pm we left.", "At two thirty PM we left."),
  ("It is 2.30 now.", "It is two point three zero now."),
  ("Between 5–10 km.", "Between five and ten kilometres."),
  ("About 5 000 km.", "About five thousand kilometres."),
  ("From 1990-95 and 1998–02.", "From nineteen ninety to ninety-five and 1998–02."),
  ("About $1M-$2M now.", "About one million to two million dollars now."),
  ("It is US$5, or EUR 20.", "It is five dollars, or twenty euros."),
  ("EU and US rules. PLAY JPY", "EU and US rules. PLAY JPY"),
  ("We met on 5 Feb. It rained.", "We met on February fifth. It rained."),
  ("We met on 5 Feb. 1999.", "We met on February fifth nineteen ninety-nine."),
  ("At 5 GB/s.", "At five gigabytes per second."),
  ("It takes 2 h.", "It takes two hours."),
])
func `English numbers follow the words round them`(written: String, spoken: String) {
  #expect(spelled(written, "en") == spoken)
}
