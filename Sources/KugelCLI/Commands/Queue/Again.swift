import KugelFloor
import KugelJobs
import KugelQueue

/// `kugel again`: the last item once more.
package struct Again: Command {
  package static let name = "again"
  package static let opensLibraries = true
  package static let summary = "Hear the last thing that was said again, from its start."
  package static var flags: [Flag<Again>] {
    [
      Flag.text("device", "a", "DEVICE", \.device, help: "sound device, or the start of its name")
        .choices(.dynamic(.devices)).variable("KUGEL_DEVICE").configurable.heading("Sound")
    ] + MessageOptions.levels.map { $0.heading(MessageOptions.heading).lifted(to: \Again.messages) }
  }

  package var device: String?
  package var messages = MessageOptions()

  package init() {}

  package func run(in host: Host) throws -> ExitStatus {
    let folder = try host.runtimeFolder()
    let isSpeaking = QueueFolder.entries(in: folder).contains {
      $0.item.state == .speaking && $0.condition == .working
    }
    if isSpeaking { return try host.steer(.again) }
    guard let sound = LastSound(in: folder), !sound.title.samples.isEmpty else {
      throw UserError(.partial, "nothing was said that could be heard again")
    }
    var request = RunRequest()
    request.speakers = SpeakerOutput(device: device)
    request.verbosity = messages.verbosity
    request.wish.source = sound.title.source
    request.wish.priority = .urgent
    return try host.jobs.again(sound, request, host)
  }

  package static var manual: ManualText {
    QueueManual.text(
      "While something is being said that begins anew; else the last item is played, by this process. It is "
        + "the sound that was received then, its last ten minutes: nothing is made anew or paid twice. "
        + "It is kept in memory, for you alone, until the next item or the end of your login.",
      ["queue", "back", "skip"])
  }
}
