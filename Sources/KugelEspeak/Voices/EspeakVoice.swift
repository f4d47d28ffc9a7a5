import KugelText

/// One of espeak's language voices.
struct EspeakVoice: Equatable, Sendable {
  let id: Int
  /// The voice's file below espeak's data, such as `gmw/en-US`.
  let identifier: String
  let voice: Voice
  /// espeak's preference for the voice's first language; low is better.
  let priority: Int

  /// - Parameter languages: espeak's tags in its order; at least one.
  init(
    id: Int, identifier: String, name: String, languages: [(tag: String, priority: Int)],
    sex: Voice.Sex?
  ) {
    let tags = languages.map(\.tag)
    let codes = Self.codes(for: tags)
    self.id = id
    self.identifier = identifier
    voice = Voice(
      id: id, name: name.trimmed, languages: codes, sex: sex, handle: Self.handle(of: identifier))
    priority = languages.first { $0.tag == codes.first }?.priority ?? Int(UInt8.max)
  }

  /// The file's own name, in lower case.
  static func handle(of identifier: String) -> String {
    String(identifier.split(separator: "/").last ?? "").lowercased()
  }

  /// The code of the voice's own language, then everything espeak says of it.
  static func codes(for tags: [String]) -> [String] {
    let primary = tags.first.map { String($0.prefix { $0 != "-" }).lowercased() }
    // The only language of espeak's whose ISO 639-1 code is not in its tag.
    let own = primary == "cmn" ? "zh" : primary
    var codes: [String] = []
    for code in [own].compactMap(\.self) + tags.map({ $0.lowercased() })
    where !codes.contains(code) {
      codes.append(code)
    }
    return codes
  }
}

extension EspeakVoice {
  /// A number that is the same on every machine: FNV-1a (32 bit) of the handle, in 10,000...999,999.
  ///
  /// No two voices of espeak-ng 1.51 meet there. Should others do, the one whose identifier sorts
  /// later takes the next number that is free.
  static func numbers(for identifiers: [String]) -> [String: Int] {
    var numbers: [String: Int] = [:]
    var taken: Set<Int> = []
    for identifier in Set(identifiers).sorted() {
      var number = number(for: identifier)
      while !taken.insert(number).inserted { number = number == 999_999 ? 10_000 : number + 1 }
      numbers[identifier] = number
    }
    return numbers
  }

  static func number(for identifier: String) -> Int {
    10_000 + Int(fnv1a(handle(of: identifier)) % 990_000)
  }
}

extension EspeakVoice {
  /// What everyday languages are spoken by: known by heart, because listing all voices opens
  /// hundreds of files.
  static let known = [
    american,
    EspeakVoice("gmw/en", "English (Great Britain)", [("en-gb", 2), ("en", 2)]),
    EspeakVoice("gmw/de", "German", [("de", 5)]),
    EspeakVoice("roa/fr", "French (France)", [("fr-fr", 5), ("fr", 5)]),
    EspeakVoice("roa/es", "Spanish (Spain)", [("es", 5)]),
    EspeakVoice("roa/it", "Italian", [("it", 5)]),
    EspeakVoice("roa/pt", "Portuguese (Portugal)", [("pt", 5), ("pt-pt", 5)]),
    EspeakVoice("gmw/nl", "Dutch", [("nl", 5)]),
    EspeakVoice("zlw/pl", "Polish", [("pl", 5)]),
  ]

  static let american = EspeakVoice("gmw/en-US", "English (America)", [("en-us", 2), ("en", 3)])

  static func known(withID id: Int) -> EspeakVoice? { known.first { $0.id == id } }

  /// Only for a tag that is a known voice's own in full; shortening might miss a better voice.
  static func known(forLanguage tag: String) -> EspeakVoice? {
    let wanted = tag.lowercased()
    return known.first { $0.voice.languages.contains(wanted) }
  }

  /// Who is meant, as far as that is known by heart.
  static func likely(_ voice: VoiceReference?, language: String?) -> EspeakVoice? {
    switch voice {
    case .id(let number)?: known(withID: number)
    case .handle(let name)?: known.first { $0.voice.handle == name.lowercased() }
    case nil: language.map(known(forLanguage:)) ?? american
    }
  }

  private init(_ identifier: String, _ name: String, _ languages: [(String, Int)]) {
    self.init(
      id: Self.number(for: identifier), identifier: identifier, name: name,
      languages: languages.map { (tag: $0.0, priority: $0.1) }, sex: .male)
  }
}

/// One of espeak's ways to change how a language voice sounds, such as `f3` or `whisper`.
struct EspeakVariant: Equatable, Sendable {
  /// A voice with a variant has the number of the voice plus this, times the variant's.
  static let step = 1_000_000

  /// The variant's file, in its own letter case.
  let handle: String
  let sex: Voice.Sex?
  /// 1...999,999, the same on every machine; no two variants of espeak-ng 1.51 meet there.
  var number: Int { 1 + Int(fnv1a(handle) % 999_999) }

  func applied(to voice: Voice) -> Voice {
    Voice(
      id: voice.id + number * Self.step, name: "\(voice.name)+\(handle)",
      languages: voice.languages, sex: sex ?? voice.sex,
      handle: voice.handle.map { "\($0)+\(handle)" })
  }
}

private func fnv1a(_ text: String) -> UInt32 {
  text.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
}

extension String {
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
