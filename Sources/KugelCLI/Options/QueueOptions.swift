import KugelClient
import KugelJobs

extension SpeechFloor.Queue: ChoiceValue {
  package var meaning: String {
    switch self {
    case .wait: "wait until no other kugel plays; the default when something is played"
    case .replace: "stop those that play, then speak"
    case .mix: "speak at the same time; the default for files"
    case .fail: "leave with exit status 75 when another kugel plays"
    }
  }
}

/// Turn-taking with other processes.
package struct QueueOptions: OptionGroup {
  package var queue: SpeechFloor.Queue?

  package init() {}
  package static let heading = "Output"
  package static var flags: [Flag<QueueOptions>] {
    [
      .choice("queue", nil, "HOW", \.queue, help: "what to do while another kugel of yours plays")
        .detail(
          "The speakers are taken from the first word to the last sound; by `session`, and by `stream` "
            + "with `--turn`, for each turn.")
    ]
  }
}
