import Testing

@Test(arguments: [
  ("Kosztuje 3,50 zł teraz.", "Kosztuje trzy złote pięćdziesiąt groszy teraz."),
  ("Zostało 5 zł.", "Zostało pięć złotych."),
  ("Tylko 1 zł.", "Tylko jeden złoty."),
  ("Za 0,99 zł sztuka.", "Za dziewięćdziesiąt dziewięć groszy sztuka."),
  ("Kosztuje 22 zł.", "Kosztuje dwadzieścia dwa złote."),
  ("Kosztuje 12 zł.", "Kosztuje dwanaście złotych."),
  ("Kosztuje 20 € dziennie.", "Kosztuje dwadzieścia euro dziennie."),
  ("Mają 5 mln zł długu.", "Mają pięć milionów złotych długu."),
  ("Dnia 5 stycznia 2024 roku.", "Dnia piątego stycznia dwa tysiące dwudziestego czwartego roku."),
  ("Dziś 1 maja.", "Dziś pierwszy maja."),
  (
    "Do 15.01.2024 czekamy.",
    "Do piętnastego stycznia dwa tysiące dwudziestego czwartego czekamy."
  ),
  ("Od 2024-03-08.", "Od ósmego marca dwa tysiące dwudziestego czwartego."),
  (
    "Urodzony 12 października 1990.",
    "Urodzony dwunastego października tysiąc dziewięćset dziewięćdziesiątego."
  ),
  ("Dnia 1 lipca 2000 roku.", "Dnia pierwszego lipca dwutysięcznego roku."),
  ("Dnia 23 marca.", "Dnia dwudziestego trzeciego marca."),
  ("Jest 14:30 teraz.", "Jest czternasta trzydzieści teraz."),
  ("Spotkanie o 10:00 w biurze.", "Spotkanie o dziesiątej w biurze."),
  ("Do 16:45 czekam.", "Do szesnastej czterdzieści pięć czekam."),
  ("O 8:05 wychodzę.", "O ósmej zero pięć wychodzę."),
  ("Jest 2:15 w nocy.", "Jest druga piętnaście w nocy."),
  ("Jeszcze 5 km drogi.", "Jeszcze pięć kilometrów drogi."),
  ("Jeszcze 2 km drogi.", "Jeszcze dwa kilometry drogi."),
  ("Jeszcze 1 km drogi.", "Jeszcze jeden kilometr drogi."),
  ("Jeszcze 1,5 km drogi.", "Jeszcze jeden przecinek pięć kilometra drogi."),
  ("Jedzie 120 km/h.", "Jedzie sto dwadzieścia kilometrów na godzinę."),
  ("Waży 3 kg.", "Waży trzy kilogramy."),
  ("Trwa 2 min mniej.", "Trwa dwie minuty mniej."),
  ("Weź 250g mąki.", "Weź dwieście pięćdziesiąt gramów mąki."),
  ("Ma 16 GB wolnego.", "Ma szesnaście gigabajtów wolnego."),
  ("Jest 20 °C.", "Jest dwadzieścia stopni Celsjusza."),
  ("Jest 2 °C.", "Jest dwa stopnie Celsjusza."),
  ("Jest -5 °C.", "Jest minus pięć stopni Celsjusza."),
  ("O 25 % więcej.", "O dwadzieścia pięć procent więcej."),
  ("O 3,5% więcej.", "O trzy przecinek pięć procent więcej."),
  ("Pi to 3,14.", "Pi to trzy przecinek czternaście."),
  (
    "Jest 1\u{A0}234\u{A0}567 osób.",
    "Jest milion dwieście trzydzieści cztery tysiące pięćset sześćdziesiąt siedem osób."
  ),
  ("Około 5 000 km.", "Około pięciu tysięcy kilometrów."),
  ("Strony 5–10.", "Strony od pięciu do dziesięciu."),
  ("Weź 3-4 kg.", "Weź od trzech do czterech kilogramów."),
  (
    "Zadzwoń +48 22 123 45 67.",
    "Zadzwoń plus cztery osiem, dwa dwa, jeden dwa trzy, cztery pięć, sześć siedem."
  ),
  ("Dodaj 3/4 litra.", "Dodaj trzy czwarte litra."),
  ("Dodaj 1/2 litra.", "Dodaj jedna druga litra."),
  ("Po 1½ roku.", "Po półtora roku."),
  ("Wersja 2.0.1 wyszła.", "Wersja dwa kropka zero kropka jeden wyszła."),
  ("Otwórz raport.pdf teraz.", "Otwórz raport kropka pdf teraz."),
  ("Patrz rozdział IV.", "Patrz rozdział cztery."),
])
func `Polish numbers are read as a reader would`(written: String, spoken: String) {
  #expect(spelled(written, "pl") == spoken)
}

@Test(arguments: [
  "Mam 2 koty.", "Było 3-1.", "Autobus 42 jedzie.", "MP3 i B2B.", "Mam 5.", "Strona 12.",
])
func `what is unsure in Polish is left to the engine`(text: String) {
  #expect(spelled(text, "pl") == text)
}
