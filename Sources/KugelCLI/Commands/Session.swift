import KugelConversation
import KugelJobs
import KugelSession
import KugelSystem

/// `kugel session`: a conversation at a prompt, from a script or from a program.
package struct Session: Command {
  package static let name = "session"
  package static let speaks = true
  package static let summary = "Speak turn after turn: at a prompt, from a script, from a program."
  package static var flags: [Flag<Session>] {
    [
      Flag.onOff("jsonl", nil, \.jsonl, help: "take and give one JSON object on each line")
        .detail("Requests are `{\"op\":\"say\",\"text\":\"...\",\"id\":7}`; an `id` is given back.")
        .heading("Text")
    ]
      + SpeechOptions.flags.filter {
        !["allow-empty", "progress", "karaoke", "keys"].contains($0.spec.long)
      }
      .map { $0.lifted(to: \Session.options) }
  }

  package var options = SpeechOptions()
  package var jsonl = false

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    guard !operands.isEmpty else { return }
    throw .usage(
      "kugel session reads standard input and takes no words",
      hint: "To speak them: kugel say \(shellWords(operands))")
  }

  package mutating func settle(in host: Host) { options.settle(in: host) }

  package func run(in host: Host) throws -> ExitStatus {
    if let status = try options.list(in: host) { return status }
    try host.refuseDirectory(options.output.output)
    return try host.speak(
      try request(inputIsTerminal: host.isTerminal(host.standardInput)))
  }

  package func request(inputIsTerminal: Bool) throws(UserError) -> SpeechRequest {
    if options.output.output == "-" {
      throw .usage(
        "-o - would write sound where the replies go, to standard output",
        hint: "Write the sound to a file: -o FILE")
    }
    if options.events.target == .standardOutput {
      throw .usage(
        "--events - would write events where the replies go, to standard output",
        hint: "Write them to a file: --events FILE")
    }
    var request = try options.request(
      for: .standardInput, outputIsTerminal: false)
    request.flows = true
    request.style = jsonl ? .json : inputIsTerminal ? .prompt : .script
    request.overwritesRecordings = options.output.force
    return request
  }

  package static var manual: ManualText {
    var manual = ManualText()
    manual.description = [
      "One connection, many turns. At a terminal every line is a turn, with line editing, a "
        + "history, and Tab, which completes commands, settings, voices and files. From a script lines are text, and a blank line ends the turn and waits until "
        + "the service has finished it. With `--jsonl` every line is a JSON object.",
      "A line that begins with `/` is a command; `//` is a slash that is text. In a script a line "
        + "that begins with `#` is a comment. The commands, with the members of the JSON object:",
    ]
    manual.description += CommandName.allCases.map { name in
      let members = name.members.isEmpty ? "" : " JSON: \(name.members)."
      let meaning = name.meaning.beginningCapital
      // What may be left out is shown by two forms: brackets are marks to the man page's macros.
      let forms =
        name.mayStandAlone
        ? "`/\(name.rawValue)` or `/\(name.rawValue) \(name.arguments)`"
        : "`/\(name.form)`"
      return "\(forms). \(meaning).\(members)"
    }
    manual.description += [
      "What is said of a turn is its text as a reader would read it, as `kugel stream` does, whether it "
        + "comes as lines, by `/send` in pieces or by `/say`: see `kugel help text`. What was heard, marks "
        + "and the places in events are those of the text as it was written.",
      "What `/set` takes, and of whom, tells `kugel help settings`: all that `--set` takes, and what "
        + "has an option of its own. Its reply names which values are `live`, which are `waiting` for "
        + "the end of the turn, and for which the next turn is spoken over another connection, "
        + "`reconnecting`.",
      "Replies go to standard output, one line each: `turn 3 started`, `turn 3 first-sound 131ms`, "
        + "`turn 3 done audio=5.40s chars=142 gaps=0`, `turn 3 heard`, "
        + "`turn 3 cancelled heard=\"Sure, what\" unheard=\" do you want?\"`. The word `estimated` "
        + "at the end of such a line says that there were no word times to go by. With `--jsonl` "
        + "replies are events as `--events` writes them, and `reply` events.",
      "A line that is not understood gets one reply with its number, and the session goes on. Ctrl-C "
        + "at a terminal cancels what is being said; twice within a second it leaves. Ctrl-D lets "
        + "everything said be heard, then leaves. In a script the exit status is 1 when an "
        + "expectation was missed, a line was wrong or a turn failed.",
      "Between turns the connection is kept, and opened again when it is found dead. What is recorded, "
        + "by `-o` or `/save`, is what was heard.",
    ]
    manual.examples = [
      ManualText.Example(
        "Barge in half a second into an answer, and look at what was heard:",
        "printf '%s\\n' '/cancel after 500ms' 'Sure, what do you want to know?' '' "
          + "'/wait heard' '/expect ending = cancelled' | kugel session")
    ]
    manual.files =
      SpeechManual.files + [
        Choice("$XDG_STATE_HOME/kugel/history", "the lines typed at the prompt")
      ]
    manual.exits = [.done, .partial] + SpeechManual.exits.dropFirst()
    manual.related = ["say", "stream", "stop"]
    return manual
  }
}
