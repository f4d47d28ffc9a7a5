import KugelAudio

/// What `kugel help` explains beside the commands.
package enum Topic: String, ChoiceValue {
  case formats
  case exitCodes = "exit-codes"

  package var meaning: String {
    switch self {
    case .formats: "the kinds of audio file"
    case .exitCodes: "what the exit codes mean"
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
        + Columns.text(ExitStatus.allCases.map { ["  \($0.rawValue)", $0.meaning] })
    }
  }
}
