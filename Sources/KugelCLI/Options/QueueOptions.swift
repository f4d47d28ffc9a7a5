import KugelFloor
import KugelJobs
import KugelQueue

extension SpeechFloor.Queue: ChoiceValue {
  package var meaning: String {
    switch self {
    case .wait: "wait until no other kugel plays; the default when something is played"
    case .replace: "stop those that play or wait, then speak"
    case .mix: "speak at the same time; the default for files"
    case .fail: "leave with exit status 75 when another kugel plays"
    }
  }
}

extension QueueWish.Priority: ChoiceValue {
  package var meaning: String {
    switch self {
    case .urgent: "before all that waits; what is being said is not interrupted"
    case .normal: "in the order of coming; the default"
    case .idle: "when nothing else waits"
    }
  }
}

/// Turn-taking with other processes.
package struct QueueOptions: OptionGroup {
  package var queue: SpeechFloor.Queue?
  package var source: String?
  package var priority: QueueWish.Priority?
  package var replaces = false
  package var dropAfter: Duration?

  package init() {}
  package static let heading = "Queue"
  package static var flags: [Flag<QueueOptions>] {
    [
      .choice("queue", nil, "HOW", \.queue, help: "what to do while another kugel of yours plays")
        .detail(
          "The speakers are taken from the first word to the last sound; by `session`, and by `stream` "
            + "with `--turn`, for each turn. `kugel queue` shows who speaks and who waits."),
      .value(
        "from", nil, "NAME", \.source, help: "who speaks, as the queue calls it"
      ) { (text) throws(BadValue) in
        guard !text.isEmpty, text.utf8.count <= 64, !text.contains(where: \.isNewline) else {
          throw BadValue(expected: "a name of at most 64 bytes on one line")
        }
        return text
      }
      .detail("Several processes may have one name, such as an agent's.")
      .variable("KUGEL_FROM"),
      .choice("priority", nil, "WHEN", \.priority, help: "who is let in first of those that wait")
        .configurable,
      .onOff("replace", nil, \.replaces, help: "drop what the same source has waiting")
        .detail("What it is saying is said to its end. Needs `--from`."),
      .time(
        "drop-after", "TIME", \.dropAfter, bare: .seconds,
        in: Duration.milliseconds(1)...Duration.seconds(86_400),
        help: "do not speak what had to wait so long"
      ).detail("A number alone is seconds; `5m` is five minutes. The exit status is 75.")
        .configurable,
    ]
  }
}

extension QueueOptions {
  func wish() throws(UserError) -> QueueWish {
    var wish = QueueWish()
    wish.source = source
    wish.priority = priority ?? .normal
    (wish.replaces, wish.dropAfter) = (replaces, dropAfter)
    if replaces, source == nil {
      throw .usage(
        "--replace drops what the same source has waiting, and no source is named",
        hint: "Name it with --from NAME; --queue replace stops everybody.")
    }
    return wish
  }
}
