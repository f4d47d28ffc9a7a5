import KugelAudio
import KugelClient
import KugelConnections
import KugelEngine
import KugelFloor
import KugelServer
import KugelText

/// What the commands ask of the rest of the program.
package struct Jobs: Sendable {
  /// Speaks a checked request to its end. Blocks; throws what `UserError(telling:)` understands.
  package var speak: @Sendable (SpeechRequest, Host) throws -> ExitStatus
  /// Measures, prints and writes what was asked for. Blocks; throws as `speak`.
  package var bench: @Sendable (BenchRequest, Host) throws -> ExitStatus
  /// Speaks, checks or converts a script. Blocks, throws alike.
  package var perform: @Sendable (ScriptRequest, Host) throws -> ExitStatus
  /// Makes, or tells of, what a list or a book asks for. Blocks, throws alike.
  package var narrate: @Sendable (NarrateRequest, Host) throws -> ExitStatus = { _, _ in
    throw UserError(.unavailable, "this program was built without narration")
  }
  /// An engine's catalogue, in the engine's order.
  package var voices: @Sendable (EngineName, _ options: [String: String], Host) throws -> [Voice]
  /// The catalogue of a service elsewhere, for a language or all; in the service's order.
  package var serviceVoices: @Sendable (ServiceRequest, _ language: String?, Host) throws -> [Voice]
  /// The models of a service elsewhere, in its order.
  package var serviceModels: @Sendable (ServiceRequest, Host) throws -> [String] = { _, _ in
    throw UserError(.unavailable, "this program was built without services")
  }
  package var devices: @Sendable () throws -> [SoundDevice]
  /// Serves until a signal ends it. Blocks; throws what `UserError(telling:)` understands.
  package var serve: @Sendable (ServeOptions, EngineName, ServeTalk, Host) throws -> ExitStatus
  /// Plays what was said last. Blocks; throws as `speak`.
  package var again: @Sendable (LastSound, RunRequest, Host) throws -> ExitStatus = { _, _, _ in
    throw UserError(.unavailable, "this program was built without sound")
  }
  /// Looks at a sound device, by its ALSA name.
  package var probe: @Sendable (String) -> DeviceProbe = { _ in
    DeviceProbe(opening: .failed(cause: "this program was built without sound"))
  }
  /// Looks at a service elsewhere. Blocks.
  package var probeService: @Sendable (RemoteService) -> ServiceProbe = { $0.probe() }
  /// An engine will probably speak soon, and this process has one thread.
  package var prepare: @Sendable (EngineName) -> Void = { _ in }
  /// Fetches, lists, adds or removes voices of an engine, at a catalogue's address or its usual one. Blocks.
  package var shop:
    @Sendable (VoiceErrand, EngineName, _ catalogue: String?, Host) throws -> ExitStatus = {
      _, _, _, _ in throw UserError(.unavailable, "this program was built without fetching")
    }
  /// Who speaks when nothing is named, and no service is known.
  package var offline: @Sendable (EngineWish) -> EngineName = { _ in .offline }
  /// The libraries in use with their versions, for `--version`.
  package var libraries: @Sendable () -> [Library]
  /// The commit that the program was built from, for `--version`.
  package var commit: @Sendable () -> String? = { nil }
  /// Looks whether the libraries are there that come from elsewhere. Throws 69 naming those that do not.
  package var checkLibraries: @Sendable () throws -> Void = {}

  package init(
    perform: @escaping @Sendable (ScriptRequest, Host) throws -> ExitStatus = { _, _ in
      throw UserError(.unavailable, "this program was built without scripts")
    },
    speak: @escaping @Sendable (SpeechRequest, Host) throws -> ExitStatus,
    voices: @escaping @Sendable (EngineName, [String: String], Host) throws -> [Voice],
    devices: @escaping @Sendable () throws -> [SoundDevice],
    serve: @escaping @Sendable (ServeOptions, EngineName, ServeTalk, Host) throws -> ExitStatus = {
      _, _, _, _ in throw UserError(.unavailable, "this program was built without a server")
    },
    libraries: @escaping @Sendable () -> [Library],
    serviceVoices: @escaping @Sendable (ServiceRequest, String?, Host) throws -> [Voice] = {
      _, _, _ in throw UserError(.unavailable, "this program was built without services")
    },
    bench: @escaping @Sendable (BenchRequest, Host) throws -> ExitStatus = {
      _, _ in throw UserError(.unavailable, "this program was built without measuring")
    }
  ) {
    self.perform = perform
    self.speak = speak
    self.bench = bench
    self.voices = voices
    self.devices = devices
    self.serve = serve
    self.libraries = libraries
    self.serviceVoices = serviceVoices
  }

  /// Refuses everything, naming the part that is missing.
  package static let none = Jobs(
    speak: { _, _ in throw UserError(.unavailable, "this program was built without speech") },
    voices: { _, _, _ in throw UserError(.unavailable, "this program was built without voices") },
    devices: { throw UserError(.unavailable, "this program was built without sound devices") },
    libraries: { [] })
}

/// Something that plays.
package struct SoundDevice: Equatable, Sendable {
  /// What `--device` takes.
  package var name: String
  package var description: String
  /// Whether it plays when no device is named.
  package var isDefault: Bool

  package init(name: String, description: String, isDefault: Bool = false) {
    self.name = name
    self.description = description
    self.isDefault = isDefault
  }
}

package struct Library: Equatable, Sendable {
  package var name: String
  package var version: String

  package init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}
