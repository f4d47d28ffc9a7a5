import KugelJobs
import KugelSystem
import KugelText

/// `kugel help`: the commands, one command, or a topic.
package struct Help: Command {
  package static let name = "help"
  package static let summary = "Explain a command or a topic."
  package static var operands: Operands {
    Operands(forms: ["[COMMAND|TOPIC]"], choices: .fixed(subjects))
  }
  package static var flags: [Flag<Help>] { [] }

  private static var subjects: [Choice] {
    Catalogue.shown.map { Choice($0.name, fragment($0.summary)) } + Topic.choices
  }

  package var subject: String?

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    guard operands.count < 2 else { throw .usage("kugel help takes one command or topic") }
    subject = operands.first
  }

  package func run(in host: Host) throws -> ExitStatus {
    guard let subject else {
      try host.print(HelpPage.top)
      return .done
    }
    if let command = Catalogue.shown.first(where: { $0.name == subject }) {
      try host.print(HelpPage.of(command))
    } else if let topic = Topic(rawValue: subject) {
      try host.print(topic.text)
    } else {
      let meant = nearest(to: subject, in: Self.subjects.map(\.word), limit: 1).first
      throw UserError.usage(
        "there is no command or topic \(quoted(subject))",
        hint: meant.map { "Did you mean kugel help \($0)?" } ?? "All of them: kugel help")
    }
    return .done
  }
}

/// A sentence without its stop and its capital, for lists that have neither.
func fragment(_ sentence: String) -> String {
  let text = sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...]
  return text.beginningSmall
}
