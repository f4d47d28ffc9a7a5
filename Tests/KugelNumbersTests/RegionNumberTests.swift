import Testing

@Test(arguments: [
  (
    "en-us", "On 4/5/2024 at 101 km.",
    "On April fifth twenty twenty-four at one hundred one kilometres."
  ),
  ("en-gb", "On 4/5/2024.", "On the fourth of May twenty twenty-four."),
  ("en-GB", "By the 7 March.", "By the seventh of March."),
  ("en_au", "On 01/15/2024.", "On the fifteenth of January twenty twenty-four."),
  ("en-gb", "It is 1,001 km.", "It is one thousand and one kilometres."),
  (
    "en-gb", "It is 1,234,567 km.",
    "It is one million two hundred and thirty-four thousand five hundred and sixty-seven kilometres."
  ),
  ("en-gb", "On January 5, 2024.", "On January fifth twenty twenty-four."),
  ("en-gb", "In 2005.", "In two thousand and five."),
  ("pt-pt", "São 17 km.", "São dezassete quilómetros."),
  ("pt-br", "São 17 km.", "São dezessete quilômetros."),
  ("pt", "São 17 km.", "São dezessete quilômetros."),
  (
    "fr-be", "Il fait 75 km et 91 km et 80 km.",
    "Il fait septante-cinq kilomètres et nonante et un kilomètres et quatre-vingts kilomètres."
  ),
  ("fr-ch", "Il fait 85 km.", "Il fait huitante-cinq kilomètres."),
  ("fr", "Il fait 75 km.", "Il fait soixante-quinze kilomètres."),
  (
    "es-mx", "Cuesta $1,234.50 hoy.",
    "Cuesta mil doscientos treinta y cuatro pesos con cincuenta centavos hoy."
  ),
  ("es-419", "Son 3.5 kg.", "Son tres punto cinco kilogramos."),
  ("es-ar", "Cuesta $5,50.", "Cuesta cinco pesos con cincuenta centavos."),
  ("es", "Son 3,5 kg.", "Son tres coma cinco kilogramos."),
  ("de-at", "Am 5. Jänner.", "Am fünften Januar."),
  ("nl-be", "Om 14u30.", "Om veertien uur dertig."),
])
func `a region has its own numbers`(language: String, written: String, spoken: String) {
  #expect(spelled(written, language) == spoken)
}
