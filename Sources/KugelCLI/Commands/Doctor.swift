import KugelDoctor
import KugelEngines
import KugelJobs
import KugelWire

/// `kugel doctor`: what works on this machine, and what to do about what does not.
package struct Doctor: Command {
  package static let name = "doctor"
  package static let summary = "Look whether everything works here, and say what to do if not."
  package static var flags: [Flag<Doctor>] {
    [
      Flag.onOff("json", nil, \.json, help: "print JSON instead of a table").heading("Form"),
      Flag.onOff("play", nil, \.plays, help: "also speak a sentence").heading("Sound"),
      Flag.text(
        "device", "a", "DEVICE", \.device, help: "the sound device to look at"
      ).choices(.dynamic(.devices)).variable("KUGEL_DEVICE").configurable.heading("Sound"),
    ] + EngineOptions.flags(liftedTo: \Doctor.engine)
      + [OwnOptions.flag(\Doctor.own).configurable.heading(EngineOptions.heading)]
  }

  package var json = false
  package var plays = false
  package var device: String?
  package var engine = EngineOptions()
  package var own = OwnOptions()

  package init() {}

  package mutating func settle(in host: Host) {
    var voice = VoiceOptions()
    voice.own = own
    // What cannot be used is told of among the rest.
    engine.settle(voice, isQuiet: true, in: host)
  }

  package func run(in host: Host) throws -> ExitStatus {
    try DoctorJob.run(request(in: host), in: host)
  }

  package func request(in host: Host) throws(UserError) -> DoctorRequest {
    var request = DoctorRequest()
    request.engine = engine.chosen
    request.options = own.all
    request.services = ProtocolRegistry.all.map { engine.service.request($0) }.filter {
      $0.key != nil || $0.url != nil || $0.kind == engine.chosen.service
    }
    let configuration = try host.configuration(engine.service.configurationChoice)
    request.files = configuration.layers.map(\.file.path).reduce(into: []) { files, path in
      if !files.contains(path) { files.append(path) }
    }
    request.settings = SettingOrigins.lines(configuration, variable: host.variable)
    request.device = device
    request.plays = plays
    request.json = json
    return request
  }

  package static var manual: ManualText {
    var manual = ManualText()
    manual.description = [
      "Looks at the program and its libraries, what files and environment set and where, who speaks by "
        + "default, the offline voices and what they need, the sound device, keys (where they come from; none is shown), services (name, "
        + "connection, TLS, the answer; their clock, and limits if they tell), turn-taking, the locale "
        + "and the terminal. Each line is `ok`, `warn` or `fail`, with what to do below it.",
      "The exit status is 0, 1 when there are warnings only, or that of the first failure. With "
        + "`--json` one object holds `version`, `exit` and `findings`, each with `state`, `topic`, "
        + "`text`, `remedy` and `exit`.",
    ]
    manual.examples = [
      ManualText.Example("Look at everything, and hear a sentence:", "kugel doctor --play"),
      ManualText.Example(
        "What is wrong, for a script:",
        "kugel doctor --json | jq -r '.findings[] | select(.state != \"ok\") | .text'"),
    ]
    manual.exits = [
      .done, .partial, .usage, .unavailable, .ioFailed, .refused, .badConfiguration,
    ]
    manual.related = ["devices", "voices"]
    return manual
  }
}

/// What files and environment set, and where. Pure.
enum SettingOrigins {
  /// The strongest last; keys are named and not shown.
  static func lines(_ configuration: Configuration, variable: (String) -> String?) -> [String] {
    var lines = configuration.layers.flatMap { layer in
      layer.entries.map { entry in
        let value = entry.key == "key-command" ? "(a command)" : entry.value
        return "\(ConfigurationFile.shown(entry.key)) = \(value) (\(layer.file.path):\(entry.line))"
      }
    }
    var seen: Set<String> = []
    for name in EngineRegistry.options.compactMap(\.option.variable) {
      if let value = variable(name), !value.isEmpty {
        lines.append("\(name) = \(value) (the environment)")
      }
    }
    for spec in Catalogue.all.flatMap({ $0.allSpecs }) {
      guard let name = spec.variable, seen.insert(name).inserted, let value = variable(name),
        !value.isEmpty
      else { continue }
      lines.append("\(name) = \(spec.holdsSecret ? "(set)" : value) (the environment)")
    }
    return lines
  }
}
