/// As in Spain, with the marks and the money of other regions.
struct SpanishNumbers: NumberLanguage {
  /// In lower case; nil for Spain.
  var region: String?

  private static let small = NumberScale.list(
    """
    cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince \
    dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro \
    veinticinco veintiséis veintisiete veintiocho veintinueve
    """)
  private static let tens = NumberScale.list(
    "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa")
  private static let hundreds = NumberScale.list(
    """
    - ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos \
    novecientos
    """)

  func cardinal(_ value: Int, _ gender: NumberGender) -> String {
    let words = spell(value)
    guard gender == .feminine else { return words }
    let hundreds = words.replacingWord("cientos", with: "cientas").replacingWord(
      "quinientos", with: "quinientas")
    return hundreds.hasSuffix("uno") ? hundreds.dropLast() + "a" : hundreds
  }

  private func spell(_ value: Int) -> String {
    if value == 0 { return Self.small[0] }
    return NumberScale.groups(value).map { power, group in
      switch power {
      case 0: return below1000(group)
      case 1: return group == 1 ? "mil" : "\(shortened(below1000(group))) mil"
      case 2:
        return group == 1 ? "un millón" : "\(shortened(below1000(group))) millones"
      case 3: return group == 1 ? "mil millones" : "\(shortened(below1000(group))) mil millones"
      default: return group == 1 ? "un billón" : "\(shortened(below1000(group))) billones"
      }
    }.joined(separator: " ")
  }

  /// "uno" before what is counted.
  private func shortened(_ words: String) -> String {
    if words.hasSuffix("veintiuno") { return words.dropLast(9) + "veintiún" }
    return words.hasSuffix("uno") ? String(words.dropLast()) : words
  }

  private func below1000(_ value: Int) -> String {
    if value == 100 { return "cien" }
    let rest = value % 100
    var parts: [String] = []
    if value > 100 { parts.append(Self.hundreds[value / 100]) }
    if rest > 0, rest < 30 {
      parts.append(Self.small[rest])
    } else if rest > 0 {
      parts.append(Self.tens[rest / 10])
      if rest % 10 > 0 { parts.append("y \(Self.small[rest % 10])") }
    }
    return parts.joined(separator: " ")
  }

  private static let ordinals = NumberScale.list(
    """
    - primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo \
    decimotercero decimocuarto decimoquinto decimosexto decimoséptimo decimoctavo decimonoveno \
    vigésimo
    """)

  func ordinal(_ value: Int, _ gender: NumberGender, after word: String) -> String? {
    guard (1...20).contains(value) else { return nil }
    return gender == .feminine ? Self.ordinals[value].dropLast() + "a" : Self.ordinals[value]
  }

  func year(_ value: Int) -> String { cardinal(value) }

  func date(day: Int, month: Int, year: Int?, after word: String) -> String {
    let number = day == 1 ? "primero" : cardinal(day)
    return "\(number) de \(words.months[month - 1])" + (year.map { " de \(self.year($0))" } ?? "")
  }

  func time(hour: Int, minute: Int, second: Int?, suffix: String?, after word: String) -> String {
    var text = cardinal(hour, .feminine)
    if minute > 0 || second != nil { text += " y \(cardinal(minute))" }
    if let second {
      text += " y \(counted(.init(whole: second), .init("segundo", "segundos")))"
    }
    switch suffix {
    case "am": return text + " de la mañana"
    case "pm": return text + (hour < 8 || hour == 12 ? " de la tarde" : " de la noche")
    default: return text
    }
  }

  func counted(_ amount: WrittenAmount, _ noun: CountedNoun) -> String {
    let number = spoken(amount, noun.gender)
    let isShort = amount.isWhole && noun.gender != .feminine
    return
      "\(isShort ? shortened(number) : number) \(link(form(of: noun, for: amount), behind: amount))"
  }

  func money(_ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?) -> String {
    guard let cent, let cents = cents(of: amount) else { return counted(amount, unit) }
    let whole = counted(.init(whole: amount.whole), unit)
    if cents == 0 { return whole }
    let small = counted(.init(whole: cents), cent)
    return amount.whole == 0 ? small : "\(whole) con \(small)"
  }

  func fraction(_ numerator: Int, _ denominator: Int) -> String? {
    let noun: CountedNoun
    switch denominator {
    case 2: noun = .init("medio", "medios")
    case 3: noun = .init("tercio", "tercios")
    case 4...10:
      noun = .init(Self.ordinals[denominator], Self.ordinals[denominator] + "s")
    default: return nil
    }
    return counted(.init(whole: numerator), noun)
  }

  func mixed(_ whole: Int, _ numerator: Int, _ denominator: Int) -> String? {
    if numerator == 1, denominator == 2 { return "\(cardinal(whole)) y medio" }
    return fraction(numerator, denominator).map { "\(cardinal(whole)) y \($0)" }
  }

  var words: NumberVocabulary {
    guard let region else { return Self.vocabulary }
    var words = Self.vocabulary
    if Self.pointed.contains(region) {
      (words.decimalMark, words.groupMark, words.decimal) = (".", ",", "punto")
      words.beforeDottedTime = []
    }
    if Self.pesos.contains(region) {
      words.currencies["$"] = (.init("peso", "pesos"), .init("centavo", "centavos"))
    }
    return words
  }

  /// Regions that write a point before decimals.
  private static let pointed: Set<String> = [
    "419", "mx", "us", "gt", "hn", "ni", "sv", "pa", "do", "pr", "pe",
  ]
  /// Regions whose dollar sign means their own money.
  private static let pesos: Set<String> = ["mx", "ar", "cl", "co", "uy", "do", "cu"]

  private static let months = NumberScale.list(
    """
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    """)

  private static let vocabulary = NumberVocabulary(
    beforeDottedTime: ["las", "la"], decimal: "coma", minus: "menos", plus: "más",
    percent: "por ciento", permille: "por mil",
    to: "a", between: (["entre"], "y"),
    ratio: (["proporción", "relación", "razón", "escala"], ["de"], "a"),
    comparisons: ("menor que", "mayor que", "menor o igual que", "mayor o igual que"),
    powers: ("al cuadrado", "al cubo"),
    halves: ["medio", "media", "medio"], partLink: "de ", about: "unos",
    dot: "punto", at: "arroba", number: "número", degree: .init("grado", "grados"),
    months: months,
    monthNames: NumberScale.monthNames(
      months, short: "ene feb mar abr may jun jul ago sep/sept/setiembre oct nov dic"),
    of: "de",
    units: CountedNoun.table(
      """
      km=kilómetro|kilómetros;m=metro|metros;cm=centímetro|centímetros;mm=milímetro|milímetros;
      kg=kilogramo|kilogramos;g=gramo|gramos;mg=miligramo|miligramos;+t=tonelada|toneladas;
      l=litro|litros;L=litro|litros;ml=mililitro|mililitros;min=minuto|minutos;
      ms=milisegundo|milisegundos;s=segundo|segundos;+h=hora|horas;
      km/h=kilómetro por hora|kilómetros por hora;m/s=metro por segundo|metros por segundo;
      kB=kilobyte|kilobytes;KB=kilobyte|kilobytes;MB=megabyte|megabytes;GB=gigabyte|gigabytes;
      TB=terabyte|terabytes;Hz=hercio|hercios;kHz=kilohercio|kilohercios;MHz=megahercio|megahercios;
      GHz=gigahercio|gigahercios;kW=kilovatio|kilovatios;kWh=kilovatio hora|kilovatios hora;
      W=vatio|vatios;V=voltio|voltios;A=amperio|amperios;m²=metro cuadrado|metros cuadrados;
      m2=metro cuadrado|metros cuadrados;m³=metro cúbico|metros cúbicos;
      km²=kilómetro cuadrado|kilómetros cuadrados;dB=decibelio|decibelios;+kcal=kilocaloría|kilocalorías
      """),
    currencies: [
      "€": (.init("euro", "euros"), .init("céntimo", "céntimos")),
      "EUR": (.init("euro", "euros"), .init("céntimo", "céntimos")),
      "$": (.init("dólar", "dólares"), .init("centavo", "centavos")),
      "USD": (.init("dólar", "dólares"), .init("centavo", "centavos")),
      "£": (.init("libra", "libras", .feminine), .init("penique", "peniques")),
      "GBP": (.init("libra", "libras", .feminine), .init("penique", "peniques")),
      "¥": (.init("yen", "yenes"), nil),
    ],
    multipliers: ["mil", "millón", "millones", "billón", "billones"],
    multiplierLink: "de ", countedEndings: ["s"],
    uncounted: [
      "más", "menos", "tras", "los", "las", "sus", "mis", "tus", "nos", "es", "dos", "tres",
      "veces",
    ],
    beforeYear: ["año", "desde", "verano", "invierno", "primavera", "otoño"],
    beforeRoman: [
      "cap",
      "siglo", "siglos", "capítulo", "parte", "tomo", "volumen", "acto", "sección", "libro",
      "artículo",
    ])
}
