import KugelClient
import KugelFloor

/// What `again` does once it is known what was said.
enum AgainJob {
  static func run(_ sound: LastSound, _ request: RunRequest, in host: Host) throws -> ExitStatus {
    try RunJob.run(request, in: host) { job in
      let outputs = RunOutputs(request, channels: sound.title.channels, inbox: job.inbox)
      try outputs.check()
      let entry = try FloorEntry.take(request, saying: sound.title.text, in: host, inbox: job.inbox)
      defer { entry.floor?.leave() }
      let speakers = RunSpeakers(request, service: nil, in: host)
      entry.guardSound(of: speakers?.control, inbox: job.inbox)
      let narrator = RunNarrator(
        request, host: host, isRemote: false,
        display: SpeechDisplay(request, host: host, control: speakers?.control))
      let setup = job.setup(
        try outputs.open(control: speakers?.control, memory: entry.memory()),
        control: speakers?.control, floor: entry.turns, narrator, isTyped: false)
      let outcome = try AgainPart.perform(sound, in: setup)
      narrator.display?.end()
      if let status = try narrator.breakingOff(outcome) { return status }
      try narrator.judgeOutputs(outcome)
      return .done
    }
  }
}
