import KugelJobs
import KugelScreen

/// What `--help` prints.
enum HelpPage {
  /// `kugel` alone, on standard error.
  static var short: String {
    """
    kugel speaks text.

      kugel say Hello world              speak words
      kugel say -o hello.wav Hello       speak into a file
      some-command | kugel stream        speak what a command writes, as it writes

    All commands: kugel help
    """
  }

  static var top: String {
    """
    Usage: kugel COMMAND [options] [--] [text]

    Speak text: words, files, or what another command is still writing.

    Commands

    """
      + Columns.text(
        Catalogue.shown.map { ["  " + $0.name, fragment($0.summary)] }, within: Columns.usualWidth)
      + "\nTopics\n"
      + Columns.text(
        Topic.allCases.map { ["  " + $0.rawValue, $0.meaning] }, within: Columns.usualWidth)
        + """

        Options of a command: kugel COMMAND --help
        Version: kugel --version

        """
  }

  static func of(_ command: any Command.Type) -> String {
    var text = ""
    for (index, form) in command.operands.forms.enumerated() {
      text += (index == 0 ? "Usage: " : "       ") + usage(command, form) + "\n"
    }
    text += "\n" + command.summary + "\n"
    if !command.operands.choices.fixed.isEmpty {
      text += "\n"
      text += Columns.text(
        command.operands.choices.fixed.map { ["  " + $0.shown, $0.meaning] },
        within: Columns.usualWidth)
    }
    for (heading, specs) in sections(command.specs) {
      text += "\n" + heading + "\n" + specs.map(entry).joined()
    }
    return text
  }

  static func usage(_ command: any Command.Type, _ form: String) -> String {
    let options = command.specs.count > 1 ? " [options]" : ""
    return "kugel \(command.name)" + options + (form.isEmpty ? "" : " " + form)
  }

  /// Options by heading, in the order in which the headings first come.
  static func sections(_ specs: [FlagSpec]) -> [(heading: String, specs: [FlagSpec])] {
    var result: [(heading: String, specs: [FlagSpec])] = []
    for spec in specs {
      if let index = result.firstIndex(where: { $0.heading == spec.heading }) {
        result[index].specs.append(spec)
      } else {
        result.append((spec.heading, [spec]))
      }
    }
    return result
  }

  /// Width of the column that holds the names, with its margin.
  private static let margin = 28
  private static let width = 100

  private static func entry(_ spec: FlagSpec) -> String {
    var text = padded(head(spec), to: margin) + spec.help + "\n"
    if !spec.choices.fixed.isEmpty {
      let words = spec.choices.fixed.map(\.shown).joined(separator: ", ")
      for line in wrapped(words, to: width - margin - 2) {
        text += String(repeating: " ", count: margin + 2) + line + "\n"
      }
    }
    return text
  }

  private static func head(_ spec: FlagSpec) -> String {
    let short = spec.short.map { "-\($0), " } ?? "    "
    let long = spec.isNegatable ? "--[no-]" + spec.long : spec.dashed
    return "  " + short + long + suffix(spec.value)
  }

  static func suffix(_ value: FlagSpec.Value) -> String {
    switch value {
    case .none: ""
    case .required(let placeholder): " " + placeholder
    case .optional(let placeholder): "[=\(placeholder)]"
    }
  }
}
