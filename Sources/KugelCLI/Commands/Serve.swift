import KugelEngine
import KugelJobs
import KugelServer
import KugelServiceCore

/// `kugel serve`: the KugelAudio service on this machine.
package struct Serve: Command {
  package static let name = "serve"
  package static let opensLibraries = true
  package static let summary = "Speak for other programs, as a KugelAudio service."
  package static var flags: [Flag<Serve>] {
    // What speaks for others is not the user's own choice of who speaks, nor anybody elsewhere.
    var flags: [Flag<Serve>] = [
      .choice("engine", "e", "ENGINE", \.engine, help: "what speaks").heading("Voice"),
      OwnOptions.flag(\Serve.own).heading("Voice"),
      Flag.text("voice-map", nil, "FILE", \.voiceMap, help: "who speaks for which voice number")
        .detail("Lines `ID = VOICE`; they count more than the numbers of the engine.")
        .choices(.file).heading("Voice"),
      Flag.text("dictionaries", nil, "FILE", \.dictionaries, help: "keep dictionaries in FILE")
        .detail("Without it they are kept in memory and end with the service.")
        .choices(.file).heading("Voice"),
      Flag.integer(
        "project-default", nil, "ID", \.projectDefault, in: 0...Int.max,
        help: "whose dictionaries count where no project is named"
      )
      .detail("The service has none count then; older programs name no project.").heading("Voice"),
    ]
    flags += AccessOptions.flags(liftedTo: \Serve.access)
    flags += LimitOptions.flags(liftedTo: \Serve.limits)
    flags += [
      Flag.list("fault", nil, "LIST", \.faults, help: "do wrong on demand, to try clients")
        .detail("Names with their values, separated by commas.")
        .choices(.fixed(faultChoices)).heading("Tests"),
      Flag.onOff("lint", nil, \.lints, help: "say which clients have texts spoken in pieces")
        .detail(
          "A flush within a sentence, or for each of them: the rule is named, and the message by its number. "
            + "`\(Topic.contextService.command)` tells what a flush costs."
        ).heading("Tests"),
    ]
    return flags
      + MessageOptions.levels.map {
        $0.heading(MessageOptions.heading).lifted(to: \Serve.messages)
      }
  }

  private static var faultChoices: [Choice] {
    FaultKind.allCases.map { kind in
      kind.placeholder.isEmpty
        ? Choice(kind.rawValue, kind.meaning)
        : Choice(kind.rawValue + "=", rest: kind.placeholder, kind.meaning)
    }
  }

  package var engine: ServingEngine?
  package var own = OwnOptions()
  package var voiceMap: String?
  package var dictionaries: String?
  package var projectDefault: Int?
  package var lints = false
  package var access = AccessOptions()
  package var limits = LimitOptions()
  package var faults: [String] = []
  package var messages = MessageOptions()

  package init() {}

  package func run(in host: Host) throws -> ExitStatus {
    var talk = ServeTalk(verbosity: messages.verbosity)
    let options = try options(in: host, talk: &talk)
    return try host.jobs.serve(options, speaker(in: host), talk, host)
  }

  private func speaker(in host: Host) -> EngineName {
    engine?.name ?? (access.socket == nil ? .offline : host.jobs.offline(wish(in: host)))
  }

  private func wish(in host: Host) -> EngineWish {
    var wish = EngineWish(host.variable)
    wish.options = own.all
    return wish
  }

  /// A socket for its user alone needs nothing that keeps others out.
  private func socket(in host: Host) throws(UserError) -> String? {
    guard let path = access.socket else { return nil }
    let others: [(String, Bool)] = [
      ("--listen", access.listen != nil), ("--api-key-file", access.keyFile != nil),
      ("--tls-cert", access.certificate != nil), ("--tls-key", access.key != nil),
    ]
    if let other = others.first(where: { $0.1 })?.0 {
      throw .usage("--socket is for yourself alone, and goes without \(other)")
    }
    guard path.isEmpty else { return path }
    guard let usual = WarmService.path(of: speaker(in: host), in: host) else {
      throw UserError(
        .unavailable, "there is no folder that is yours alone for a socket",
        hint: "Name a place: --socket=PATH")
    }
    return usual
  }

  package func options(in host: Host, talk: inout ServeTalk) throws(UserError) -> ServeOptions {
    var options = limits.limits
    options.engineOptions = try own.taken(by: speaker(in: host))
    options.listen = access.listen ?? options.listen
    options.socketPath = try socket(in: host)
    options.allowedOrigins = access.origins
    options.allowedHosts = access.hosts
    options.dictionaryFile = dictionaries
    options.projectDefault = projectDefault
    options.lints = lints
    switch (access.certificate, access.key) {
    case (nil, nil): break
    case (let certificate?, let key?): options.tls = .init(certificate: certificate, key: key)
    default: throw .usage("--tls-cert and --tls-key belong together")
    }
    do throws(FaultPlanError) {
      options.faults = try FaultPlan(faults.joined(separator: ","))
    } catch {
      throw .usage("--fault: \(error.message)")
    }
    if let file = access.keyFile {
      let (text, isOpen) = try host.readText(file)
      let keys = AccessControl.keys(inFile: text)
      guard !keys.isEmpty else {
        throw UserError(.badConfiguration, "there is no key in \(file)")
      }
      options.keys = keys
      if isOpen { talk.warnings.append("others may read the keys in \(file)") }
    } else if options.listen.isLoopback, options.socketPath == nil {
      talk.notices.append(
        "no --api-key-file: whoever is on this machine may use it, and nobody else")
    }
    if let file = voiceMap {
      let text = try host.readText(file).text
      do throws(LineError) {
        options.voiceMap = try VoiceMapping.parse(text)
      } catch {
        throw UserError(.badConfiguration, "\(file), line \(error.line): \(error.cause)")
      }
    }
    return options
  }
}
