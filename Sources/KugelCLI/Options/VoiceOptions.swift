import KugelEngines
import KugelJobs
import KugelWire

/// How it sounds.
package struct VoiceOptions: OptionGroup {
  package var voice: String?
  package var language: String?
  package var rate: Int?
  package var speed: Double?
  package var settings: [SettingChange] = []
  /// What one engine understands alone; `OwnOptions.taken` checks it.
  package var own = OwnOptions()
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
      .value("rate", "r", "WPM", \.rate, help: "words a minute") {
        (text) throws(BadValue) in
        guard let rate = Int(text) else {
          throw BadValue(expected: "a whole number of words a minute")
        }
        return rate
      }
      .help("words a minute, \(rates); 175 is normal")
      .detail("The pitch stays. A rate the engine cannot speak is an error. Not with `--speed`.")
      .configurable,
      .decimal("speed", "s", "X", \.speed, help: "multiple of the normal pace")
        .help("multiple of the normal pace, \(speeds)")
        .detail(
          "`--speed 1.2` is a fifth faster. Not with `--rate`. \(speedsOfServices)"
        ).configurable,
      set,
    ] + ofServices
  }

  /// What only the engine `kugel` looks at.
  private static var ofServices: [Flag<VoiceOptions>] {
    [
      .text(
        "model", "m", "MODEL", \.model,
        help: "model of the service, such as kugel-3.5; '?' lists them"
      )
      .detail("`-m '?'` lists the models and leaves.").configurable,
      .negatable(
        "normalize", \.normalizes, help: "say numbers, dates and the like in words, or not"
      )
      .detail(
        "A service does so itself; for an engine of this machine `say`, `stream` and `session` do."
      )
      .configurable,
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

  private static var rates: String {
    let range = EngineName.widest(
      { if case .integer(let range, _) = $0 { range } else { nil } }, of: .rate)
    return range.map { "\($0.lowerBound) to \($0.upperBound)" } ?? ""
  }

  private static var speeds: String {
    EngineName.widest(\.numbers, of: .speed).map(shown) ?? ""
  }

  private static var speedsOfServices: String {
    let services = EngineName.allCases.filter(\.isRemote).compactMap { name in
      name.offer.speeds.map { "`\(name.rawValue)` takes \(shown($0))" }
    }
    return services.joined(separator: ", ") + "."
  }

  private static func shown(_ range: ClosedRange<Double>) -> String {
    "\(range.lowerBound.shortText) to \(range.upperBound.shortText)"
  }

  /// `--lang` of every command that has it.
  package static func language<Target>(
    _ path: WritableKeyPath<Target, String?>, help: String
  ) -> Flag<Target> {
    .value("lang", "l", "LANG", path, help: help) { (text) throws(BadValue) in
      guard SettingKind.isLanguageTag(text) else {
        throw BadValue(expected: SettingKind.language().expected)
      }
      return text
    }.choices(.dynamic(.languages)).alias("language")
  }

  private static var set: Flag<VoiceOptions> {
    Flag(
      FlagSpec(
        long: "set", short: "x", value: .required("KEY=VALUE"), help: "a parameter of the engine")
    ) { (target, input) throws(BadValue) in
      guard case .value(let text) = input else { return }
      if EngineRegistry.option(in: text) != nil, target.own.add(text) { return }
      do throws(SettingProblem) {
        target.settings.append(
          try SettingChange(text, offer: nil, among: SettingKey.ofOption))
      } catch {
        throw BadValue(error)
      }
    }
    .entering { $0.own.enter($1) }
    .repeatable
    .detail("The last value given for a key counts.")
    .choices(.fixed(SettingKey.choices + EngineRegistry.optionChoices)).configurable
  }
}
