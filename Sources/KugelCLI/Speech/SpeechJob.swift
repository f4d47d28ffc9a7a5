import Glibc
import KugelAudio
import KugelClient
import KugelCore
import KugelEngine
import KugelService
import KugelThreads

/// What `say` and `stream` do once their request is checked.
enum SpeechJob {
  static func run(_ request: SpeechRequest, in host: Host) throws -> ExitStatus {
    let inbox = try Inbox<SpeechRun.Event>()
    try Interruption.watch { inbox.post(.signal($0)) }
    let speaker: any Speaker =
      request.engine.isRemote
      ? try RemoteSpeaker(request, in: host, inbox: inbox) : try LocalEngine(request)
    let output = try request.file.map { try checked($0) }
    let input = try InputText.open(request, in: host)
    let narrator = Narrator(request: request, host: host, speaker: speaker)
    if let device = request.speakers?.device { _ = try SoundDevices.find(device) }

    var setup = SpeechSetup(
      settings: try speaker.settings(for: request), service: try speaker.service(),
      sinks: try sinks(for: request, output: output, inbox: inbox),
      // Speakers take an hour for an hour of audio; a text that is ahead of them must not be lost.
      queueSeconds: request.speakers == nil ? 10 : 600, inbox: inbox)
    setup.policy = speaker.policy
    setup.copyTo = request.tee ? host.standardOutput : nil
    narrator.begin()
    let run = try SpeechRun(setup, input: input) { narrator.hear($0) }
    let outcome = run.run()
    return try narrator.end(outcome)
  }

  private static func checked(_ file: FileOutput) throws(SinkError) -> AudioOutput {
    let output = AudioOutput(
      path: file.path, format: file.format, rate: file.rate, overwrite: file.overwrite)
    try output.check()
    return output
  }

  private static func sinks(
    for request: SpeechRequest, output: AudioOutput?, inbox: Inbox<SpeechRun.Event>
  ) throws(UserError) -> [SinkRunner] {
    var sinks: [SinkRunner] = []
    let changed: @Sendable () -> Void = { inbox.post(.sinkChanged) }
    if let output {
      sinks.append(
        SinkRunner(target: output.target, capacitySeconds: 10, onChange: changed) {
          () throws(SinkError) in try output.open()
        })
    }
    if let speakers = request.speakers {
      let device = try speakers.device.map { (name) throws(UserError) in try SoundDevices.find(name)
      }
      let name = device ?? "default"
      sinks.append(
        SinkRunner(target: name, capacitySeconds: 600, onChange: changed) {
          () throws(SinkError) in try ALSASink(device: name, rate: 24_000)
        })
    }
    return sinks
  }
}
