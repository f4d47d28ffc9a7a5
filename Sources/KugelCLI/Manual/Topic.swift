import KugelAudio
import KugelGuide
import KugelJobs
import KugelScreen
import KugelText
import KugelWire

/// What `kugel help` explains beside the commands.
package enum Topic: String, ChoiceValue {
  case formats
  case exitCodes = "exit-codes"
  case configuration
  case events
  case settings
  case contextService = "elevenlabs"
  case openai
  case agents
  case text

  /// What is typed to read it.
  var command: String { "kugel help \(rawValue)" }

  package var meaning: String {
    switch self {
    case .formats: "the kinds of audio file"
    case .exitCodes: "what the exit codes mean"
    case .configuration: "the configuration file, its profiles and its keys"
    case .events: "what --events writes"
    case .agents: "lines to paste, so that coding agents speak and take turns"
    case .settings: "what --set and /set can change, and what they take"
    case .contextService: "ElevenLabs on either side: what is called what, and what a flush costs"
    case .openai: "OpenAI's speech endpoint, on either side of it"
    case .text: "what is said of a text, and how that is chosen"
    }
  }

  static var formatChoices: [Choice] {
    AudioFormat.allCases.map { format in
      let extensions = format.extensions.map { "`.\($0)`" }.joined(separator: ", ")
      let rates = format.allowedRates == nil ? "" : ". Rates: \(format.rateChoices)"
      let asking = extensions.isEmpty ? "; only by `--format`" : "; \(extensions)"
      return Choice(format.rawValue, format.meaning + asking + rates + ".")
    }
  }

  package var text: String {
    switch self {
    case .formats:
      "Formats (--format), and the extensions that ask for them\n\n"
        + Columns.text(
          AudioFormat.allCases.map { format in
            let extensions = format.extensions.map { "." + $0 }.joined(separator: " ")
            return ["  " + format.rawValue, extensions.isEmpty ? "-" : extensions, format.meaning]
          })
        + "\n"
        + AudioFormat.allCases.filter { $0.allowedRates != nil }.map {
          "--sample-rate with \($0.rawValue): \($0.rateChoices)\n"
        }.joined()
    case .exitCodes:
      "Exit codes\n\n"
        + Columns.text(
          ExitStatus.allCases.map { ["  \($0.rawValue)", $0.meaning] }, within: Columns.usualWidth)
    case .configuration: Self.configurationText
    case .events: EventManual.text
    case .settings: SettingManual.text
    case .contextService: ElevenLabsManual.text
    case .openai: OpenAIManual.text
    case .agents: AgentManual.text
    case .text: TextManual.text
    }
  }

  /// Every key that a configuration file may hold, once.
  static var configurationKeys: [Choice] {
    var seen: Set<String> = []
    return Catalogue.all.flatMap { $0.allSpecs }
      .filter { $0.isConfigurable && seen.insert($0.long).inserted }
      .map { Choice(ConfigurationFile.shown($0.long), $0.help) }
  }

  private static func plain(_ text: String) -> String { text.replacing("`", with: "") }

  private static var configurationText: String {
    """
    Configuration

    Read are kugel/config in the directories of XDG_CONFIG_DIRS (/etc/xdg), then kugel/config in
    XDG_CONFIG_HOME (~/.config); or only the file named with --config.
    An option counts most, then the environment, then the profile chosen with --profile, then what
    stands outside profiles in the user's file, then the system's.


    """
      + ConfigurationManual.example.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
        + """
        A section [engine.NAME] makes an engine of a program that writes sound: -e NAME. Its keys are
        \(ConfigurationFile.engineKeys.joined(separator: ", ")), as with -e command -x KEY=VALUE.
        \(plain(EngineManual.programs.replacing(": ", with: ":\n  ")))

        The key itself stands in no configuration file. It is looked for in this order: --key-fd,
        key_file, key_command, \(plain(ServiceManual.lastPlaces)).
        \(plain(ServiceManual.others.joined(separator: "\n")))

        Keys


        """
      + Columns.text(
        configurationKeys.map { ["  " + $0.word, $0.meaning] }, within: Columns.usualWidth)
  }
}
