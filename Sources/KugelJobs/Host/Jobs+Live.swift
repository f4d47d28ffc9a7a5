import KugelAudio
import KugelEngine

extension Jobs {
  /// The jobs as the built program does them.
  package static let live: Jobs = {
    var jobs = Jobs(
      perform: { try ScriptJob.run($0, in: $1) },
      speak: { try SpeechJob.run($0, in: $1) },
      voices: { try LocalEngine.engine($0, options: $1, in: $2).voices },
      devices: { SoundDevices.all() },
      serve: { try ServeJob.run($0, engine: $1, talk: $2, in: $3) },
      libraries: { [] },
      serviceVoices: { try ServiceDoor($0, host: $2).voices(language: $1) },
      bench: { try BenchJob.run($0, in: $1) })
    jobs.serviceModels = { try ServiceDoor($0, host: $1).models() }
    jobs.again = { try AgainJob.run($0, $1, in: $2) }
    jobs.probe = { DeviceProbe(device: $0) }
    jobs.offline = { EngineName.offline($0) }
    jobs.commit = { Release.commit }
    jobs.prepare = { LocalEngine.prepare($0) }
    return jobs
  }()
}
