import KugelClient

extension SpeechFloor.Queue: ChoiceValue {
  package var meaning: String {
    switch self {
    case .wait: "wait until no other kugel plays; the default when say or stream play"
    case .replace: "stop those that play, then speak"
    case .mix: "speak at the same time; the default for files and for session"
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
    ]
  }
}
