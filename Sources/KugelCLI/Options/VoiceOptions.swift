import KugelJobs

/// How it sounds.
package struct VoiceOptions: OptionGroup {
  package var voice: String?
  package var language: String?
  package var rate: Int?
  package var speed: Double?
  package var settings: [EngineSetting] = []
  package var model: String?
  package var normalizes: Bool?
  package var project: Int?
  package var dictionaries: [Int] = []

  package init() {}
  package static let heading = "Voice"
  package static var flags: [Flag<VoiceOptions>] {
    [
      .text(
        "voice", "v", "V", \.voice, help: "voice by number, name or start of a name; '?' lists them"
      )
      .detail(
        "A name is taken when it fits exactly, or when only one voice begins with it. "
          + "`-v '?'` lists the voices and leaves; so does `kugel voices`."
      )
      .choices(.dynamic(.voices)).variable("KUGEL_VOICE").configurable,
      language(\.language, help: "language of the text, such as de or en-gb")
        .detail("Without a voice, the best voice for the language speaks.")
        .variable("KUGEL_LANG").configurable,
      .value("rate", "r", "WPM", \.rate, help: "words a minute, 80 to 450; 175 is normal") {
        (text) throws(BadValue) in
        guard let rate = Int(text) else {
          throw BadValue(expected: "a whole number of words a minute")
        }
        return rate
      }
      .detail("The pitch stays. A rate the engine cannot speak is an error. Not with `--speed`.")
      .configurable,
      .decimal("speed", "s", "X", \.speed, help: "multiple of the normal pace, 0.46 to 2.57")
        .detail(
          "`--speed 1.2` is a fifth faster. Not with `--rate`. A service takes 0.8 to 1.2."
        ).configurable,
      set,
    ] + ofServices
  }

  /// What only the engine `kugel` looks at.
  private static var ofServices: [Flag<VoiceOptions>] {
    [
      .text("model", "m", "MODEL", \.model, help: "model of the service, such as kugel-3.5")
        .configurable,
      .negatable(
        "normalize", \.normalizes, help: "let the service write numbers and dates out, or not"
      ).configurable,
      .integer(
        "project", nil, "ID", \.project, in: 0...Int.max,
        help: "project of the service whose dictionaries apply"
      ).configurable,
      Flag(
        FlagSpec(
          long: "dictionary", short: nil, value: .required("ID"),
          help: "use this dictionary of the project, and no other")
      ) { (target, input) throws(BadValue) in
        guard case .value(let text) = input else { return }
        guard let number = Int(text), number >= 0 else { throw BadValue(expected: "a number") }
        target.dictionaries.append(number)
      }.repeatable,
    ]
  }

  /// `--lang` of every command that has it.
  package static func language<Target>(
    _ path: WritableKeyPath<Target, String?>, help: String
  ) -> Flag<Target> {
    .value("lang", "l", "LANG", path, help: help) { (text) throws(BadValue) in
      guard isLanguageTag(text) else {
        throw BadValue(expected: "a language tag such as de or en-gb")
      }
      return text
    }.choices(.dynamic(.languages))
  }

  private static var set: Flag<VoiceOptions> {
    Flag(
      FlagSpec(
        long: "set", short: "x", value: .required("KEY=VALUE"), help: "a parameter of the engine")
    ) { (target, input) throws(BadValue) in
      guard case .value(let text) = input else { return }
      target.settings.append(try EngineSetting(text))
    }
    .repeatable
    .detail("The last value given for a key counts.")
    .choices(.fixed(EngineSetting.Key.choices)).configurable
  }
}

/// Letters, then parts of letters and digits: `de`, `en-us`, `zh-yue`.
private func isLanguageTag(_ text: String) -> Bool {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  let letters = { (part: Substring) in part.allSatisfy { $0.isASCII && $0.isLetter } }
  let fits = parts.allSatisfy { part in
    (1...8).contains(part.count)
      && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
  return fits && parts[0].count >= 2 && letters(parts[0])
}
