/// Brazilian forms, as the plain code `pt` has them, or those of Portugal.
struct PortugueseNumbers: NumberLanguage {
  var isEuropean = false

  private static let small = NumberScale.list(
    """
    zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis \
    dezessete dezoito dezenove
    """)
  private static let tens = NumberScale.list(
    "- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
  private static let hundreds = NumberScale.list(
    """
    - cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos
    """)

  func cardinal(_ value: Int, _ gender: NumberGender) -> String {
    if value == 0 { return Self.small[0] }
    var words = ""
    let groups = NumberScale.groups(value)
    for (index, (power, group)) in groups.enumerated() {
      let spoken = spell(power, group)
      if index > 0 {
        // "e" before the last group where that is round or short.
        let isLast = index == groups.count - 1
        words += isLast && (group < 100 || group % 100 == 0) ? " e " : " "
      }
      words += spoken
    }
    if isEuropean { words = Self.european(words) }
    return gender == .feminine ? feminine(words) : words
  }

  private func spell(_ power: Int, _ group: Int) -> String {
    switch power {
    case 0: return below1000(group)
    case 1: return group == 1 ? "mil" : "\(below1000(group)) mil"
    case 3 where isEuropean:
      return group == 1 ? "mil milhões" : "\(below1000(group)) mil milhões"
    default:
      let names = [("milhão", "milhões"), ("bilhão", "bilhões"), ("trilhão", "trilhões")]
      let name = names[power - 2]
      return group == 1 ? "um \(name.0)" : "\(below1000(group)) \(name.1)"
    }
  }

  private static func european(_ words: String) -> String {
    var words = words
    for (there, here) in [
      ("quatorze", "catorze"), ("dezesseis", "dezasseis"), ("dezessete", "dezassete"),
      ("dezenove", "dezanove"), ("trilh", "bili"),
    ] {
      words = words.replacingWord(there, with: here)
    }
    return words
  }

  private func feminine(_ words: String) -> String {
    var words = words.replacingWord("entos", with: "entas").replacingWord("zentos", with: "zentas")
    if words.hasSuffix("dois") { words = words.dropLast(4) + "duas" }
    if words == "um" || words.hasSuffix(" um") { words += "a" }
    return words
  }

  private func below1000(_ value: Int) -> String {
    if value == 100 { return "cem" }
    var parts: [String] = []
    if value > 100 { parts.append(Self.hundreds[value / 100]) }
    let rest = value % 100
    if rest > 0, rest < 20 {
      parts.append(Self.small[rest])
    } else if rest > 0 {
      parts.append(Self.tens[rest / 10])
      if rest % 10 > 0 { parts.append(Self.small[rest % 10]) }
    }
    return parts.joined(separator: " e ")
  }

  private static let ordinals = NumberScale.list(
    "- primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo")

  func ordinal(_ value: Int, _ gender: NumberGender, after word: String) -> String? {
    let words: [String]
    switch value {
    case 1...10: words = [Self.ordinals[value]]
    case 11...19: words = ["décimo", Self.ordinals[value - 10]]
    case 20: words = ["vigésimo"]
    default: return nil
    }
    return words.map { gender == .feminine ? $0.dropLast() + "a" : $0 }.joined(separator: " ")
  }

  func year(_ value: Int) -> String { cardinal(value) }

  func date(day: Int, month: Int, year: Int?, after word: String) -> String {
    let number = day == 1 ? "primeiro" : cardinal(day)
    return "\(number) de \(words.months[month - 1])" + (year.map { " de \(self.year($0))" } ?? "")
  }

  func time(hour: Int, minute: Int, second: Int?, suffix: String?, after word: String) -> String {
    var text = cardinal(hour, .feminine)
    if minute > 0 || second != nil {
      text += " e \(cardinal(minute))"
    } else {
      text += hour == 1 ? " hora" : " horas"
    }
    if let second { text += " e \(counted(.init(whole: second), .init("segundo", "segundos")))" }
    return text
  }

  func money(_ amount: WrittenAmount, unit: CountedNoun, cent: CountedNoun?) -> String {
    guard let cent, let cents = cents(of: amount) else { return counted(amount, unit) }
    let whole = counted(.init(whole: amount.whole), unit)
    if cents == 0 { return whole }
    let small = counted(.init(whole: cents), cent)
    return amount.whole == 0 ? small : "\(whole) e \(small)"
  }

  func fraction(_ numerator: Int, _ denominator: Int) -> String? {
    let noun: CountedNoun
    switch denominator {
    case 2: noun = .init("meio", "meios")
    case 3: noun = .init("terço", "terços")
    case 4...10: noun = .init(Self.ordinals[denominator], Self.ordinals[denominator] + "s")
    default: return nil
    }
    return counted(.init(whole: numerator), noun)
  }

  func mixed(_ whole: Int, _ numerator: Int, _ denominator: Int) -> String? {
    if numerator == 1, denominator == 2 { return "\(cardinal(whole)) e meio" }
    return fraction(numerator, denominator).map { "\(cardinal(whole)) e \($0)" }
  }

  var words: NumberVocabulary { isEuropean ? Self.european : Self.vocabulary }

  private static let european: NumberVocabulary = {
    var words = vocabulary
    for (name, noun) in words.units {
      var noun = noun
      noun.one = noun.one.replacingWord("quilôm", with: "quilóm")
      noun.many = noun.many.replacingWord("quilôm", with: "quilóm")
      noun.few = noun.many
      noun.part = noun.many
      words.units[name] = noun
    }
    return words
  }()

  private static let months = NumberScale.list(
    """
    janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
    """)

  private static let vocabulary = NumberVocabulary(
    beforeDottedTime: ["às", "à", "das", "pelas"], decimal: "vírgula", minus: "menos", plus: "mais",
    percent: "por cento", permille: "por mil",
    to: "a", between: (["entre"], "e"),
    ratio: (["razão", "proporção", "escala"], ["de"], "para"),
    comparisons: ("menor que", "maior que", "menor ou igual a", "maior ou igual a"),
    powers: ("ao quadrado", "ao cubo"),
    halves: ["meio", "meia", "meio"], partLink: "de ", about: "cerca de",
    dot: "ponto", at: "arroba", number: "número", degree: .init("grau", "graus"), months: months,
    monthNames: NumberScale.monthNames(
      months, short: "jan fev mar abr mai jun jul ago set out nov dez"),
    of: "de",
    units: CountedNoun.table(
      """
      km=quilômetro|quilômetros;m=metro|metros;cm=centímetro|centímetros;mm=milímetro|milímetros;
      kg=quilograma|quilogramas;g=grama|gramas;mg=miligrama|miligramas;+t=tonelada|toneladas;
      l=litro|litros;L=litro|litros;ml=mililitro|mililitros;min=minuto|minutos;+h=hora|horas;
      ms=milissegundo|milissegundos;s=segundo|segundos;
      km/h=quilômetro por hora|quilômetros por hora;m/s=metro por segundo|metros por segundo;
      kB=kilobyte|kilobytes;KB=kilobyte|kilobytes;MB=megabyte|megabytes;GB=gigabyte|gigabytes;
      TB=terabyte|terabytes;Hz=hertz;kHz=quilohertz;MHz=megahertz;GHz=gigahertz;
      kW=quilowatt|quilowatts;kWh=quilowatt-hora|quilowatts-hora;W=watt|watts;V=volt|volts;
      A=ampere|amperes;m²=metro quadrado|metros quadrados;m2=metro quadrado|metros quadrados;
      m³=metro cúbico|metros cúbicos;km²=quilômetro quadrado|quilômetros quadrados;dB=decibel|decibéis;
      +kcal=quilocaloria|quilocalorias
      """),
    currencies: [
      "R$": (.init("real", "reais"), .init("centavo", "centavos")),
      "BRL": (.init("real", "reais"), .init("centavo", "centavos")),
      "€": (.init("euro", "euros"), .init("cêntimo", "cêntimos")),
      "EUR": (.init("euro", "euros"), .init("cêntimo", "cêntimos")),
      "$": (.init("dólar", "dólares"), .init("centavo", "centavos")),
      "USD": (.init("dólar", "dólares"), .init("centavo", "centavos")),
      "£": (.init("libra", "libras", .feminine), .init("penny", "pence")),
      "GBP": (.init("libra", "libras", .feminine), .init("penny", "pence")),
      "¥": (.init("iene", "ienes"), nil),
    ],
    multipliers: ["mil", "milhão", "milhões", "bilhão", "bilhões", "mi", "bi"],
    multiplierLink: "de ", countedEndings: ["s", "ns"],
    uncounted: [
      "mais", "menos", "mas", "nos", "nas", "aos", "das", "dos", "pelos", "pelas", "após", "os",
      "as",
      "dois", "três", "vezes",
    ],
    beforeYear: ["ano", "desde", "verão", "inverno", "primavera", "outono"],
    beforeRoman: [
      "séc", "cap",
      "século", "séculos", "capítulo", "parte", "tomo", "volume", "ato", "seção", "livro", "artigo",
    ])
}
