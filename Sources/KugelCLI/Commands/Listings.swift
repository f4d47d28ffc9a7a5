import KugelJobs
import KugelScreen
import KugelText

extension SpeechOptions {
  /// Answers `-v ?`, `-m ?` and `-a ?`; nil when none was asked.
  func list(in host: Host) throws -> ExitStatus? {
    if voice.voice == "?" {
      try host.print(
        VoiceTable.text(
          try host.voices(of: engine, voice.own, language: voice.language),
          within: host.tableWidth))
      return .done
    }
    if voice.model == "?" {
      try host.printModels(of: engine)
      return .done
    }
    if output.wantsDevices {
      try host.printDevices()
      return .done
    }
    return nil
  }
}

extension Host {
  /// What could play; where there is nothing, that is said.
  func printDevices() throws {
    let devices = try jobs.devices()
    try print(DeviceTable.text(devices, within: tableWidth))
    if devices.isEmpty { tell("kugel: ALSA knows no sound device; kugel say -o FILE needs none") }
  }

  /// Who can speak, as the engine that is meant knows it.
  func voices(
    of engine: EngineOptions, _ own: OwnOptions, language: String? = nil
  ) throws -> [Voice] {
    guard let kind = engine.chosen.service else {
      return try jobs.voices(engine.chosen, own.taken(by: engine.chosen), self)
    }
    return try jobs.serviceVoices(engine.service.request(kind), language, self)
  }

  /// What a service can speak with.
  func printModels(of engine: EngineOptions) throws {
    guard let kind = engine.chosen.service else {
      throw UserError.usage(
        "the engine \(engine.chosen.rawValue) has no models",
        hint: "Services have some: -e "
          + EngineName.allCases.filter(\.isRemote).map(\.rawValue).joined(separator: ", ") + ".")
    }
    let models = try jobs.serviceModels(engine.service.request(kind), self)
    try print(models.map { $0 + "\n" }.joined())
  }

  /// Somebody who typed no text should know what is waited for.
  func announceReading(of request: SpeechRequest) {
    guard request.readsStandardInput, isTerminal(standardInput), request.verbosity != .quiet else {
      return
    }
    tell("Type the text to speak; Ctrl-D ends it.")
  }
}

/// Sound devices as people read them; the one used without `--device` has a star.
enum DeviceTable {
  static func text(_ devices: [SoundDevice], within width: Int? = nil) -> String {
    Columns.text(
      devices.map { [$0.isDefault ? "*" : " ", $0.name, $0.description] }, within: width)
  }
}
