import Glibc
import KugelAudio
import KugelClient
import KugelFloor
import KugelJobs
import KugelSystem
import KugelText

/// What `doctor` does once its request is checked: looks at one thing after another.
package enum DoctorJob {
  package static func run(_ request: DoctorRequest, in host: Host) throws -> ExitStatus {
    var findings = [
      Finding.ok(
        "program",
        (["kugel \(Release.version)", "commit \(host.jobs.commit() ?? "unknown")"]
          + host.jobs.libraries().map { "\($0.name) \($0.version)" })
          .joined(separator: ", "))
    ]
    findings += settings(request)
    findings.append(offline(host))
    findings += EngineFindings.of(request, host)
    findings += sound(request, host)
    for service in request.services { findings += self.service(service, host) }
    if request.services.isEmpty {
      findings.append(.ok("key", "none is known, so everything is spoken on this machine"))
    }
    findings += [turnTaking(host), locale(host), terminal(host)]
    if request.plays { findings.append(play(request, host)) }
    let report = DoctorReport(findings)
    try host.print(request.json ? report.json : report.text)
    return report.status
  }

  private static func settings(_ request: DoctorRequest) -> [Finding] {
    let files =
      request.files.isEmpty ? "no configuration file" : request.files.joined(separator: ", ")
    return [.ok("settings", "\(files); by default \(request.engine.rawValue) speaks")]
      + request.settings.map { .ok("setting", $0) }
  }

  /// The engine that speaks when nothing is named.
  private static func offline(_ host: Host) -> Finding {
    let engine = EngineName.offline
    do {
      let voices = try host.jobs.voices(engine, [:], host)
      guard !voices.isEmpty else {
        throw UserError(.unavailable, "it has no voices")
      }
      return .ok(engine.rawValue, "\(voices.count) voices")
    } catch {
      var told = UserError(telling: error)
      told.hint = told.hint ?? engine.entry?.remedy
      return .fail(engine.rawValue, told)
    }
  }

  private static func sound(_ request: DoctorRequest, _ host: Host) -> [Finding] {
    let name: String
    do {
      name = try request.device.map { try SoundDevices.find($0) } ?? ALSADevices.defaultName
    } catch {
      return [.fail("sound", UserError(telling: error))]
    }
    return SoundFindings.of(host.jobs.probe(name), device: name)
  }

  private static func turnTaking(_ host: Host) -> Finding {
    do {
      let folder = try RuntimeFolder.path(variable: host.variable)
      guard let holder = FloorPeers.suspendedHolder(in: folder) else {
        return .ok("turns", "kugel processes find one another in \(folder)")
      }
      return .warn(
        "turns", "the kugel that holds the speakers (process \(holder)) is suspended",
        remedy: "End it with: kugel stop; or wake it with: fg")
    } catch {
      return .warn(
        "turns", "\(error)",
        remedy: "Set XDG_RUNTIME_DIR to a folder that is yours alone, as a login does.")
    }
  }

  private static func locale(_ host: Host) -> Finding {
    host.hasUnicode
      ? .ok("locale", "UTF-8")
      : .warn(
        "locale", "its characters are not UTF-8", remedy: "Set one that is: export LANG=C.UTF-8")
  }

  private static func terminal(_ host: Host) -> Finding {
    let term = host.variable("TERM") ?? ""
    guard host.isTerminal(host.standardError) else {
      return .ok("terminal", "standard error is none: no status line, and --karaoke prints lines")
    }
    guard !term.isEmpty, term != "dumb" else {
      return .warn(
        "terminal", "TERM is \(term.isEmpty ? "not set" : term): no status line, no marked words",
        remedy: "Set TERM to what the terminal is, such as xterm-256color.")
    }
    var size = winsize()
    guard unsafe ioctl(host.standardError, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return .ok("terminal", "\(term), of unknown width")
    }
    return .ok("terminal", "\(term), \(size.ws_col) columns")
  }

  private static func play(_ request: DoctorRequest, _ host: Host) -> Finding {
    var speech = SpeechRequest(source: .words("This is kugel."))
    speech.engine = request.engine
    speech.service = request.services.first { $0.kind == request.engine.service }
    speech.speakers = SpeakerOutput(device: request.device)
    speech.verbosity = .quiet
    do {
      let status = try host.speak(speech)
      guard status == .done else { throw UserError(status, "a sentence was not spoken to its end") }
      return .ok("play", "a sentence was spoken; if nothing was heard, look at volume and plugs")
    } catch {
      return .fail("play", UserError(telling: error))
    }
  }
}

/// What a device's probe means. Pure.
package enum SoundFindings {
  package static func of(_ probe: DeviceProbe, device: String) -> [Finding] {
    let card = probe.card.map { " (\($0))" } ?? ""
    var findings: [Finding]
    switch probe.opening {
    case .opened(let rate):
      findings = [.ok("sound", "the device \(device)\(card) opens, \(rate) Hz")]
    case .busy:
      findings = [
        .fail(
          "sound", "the device \(device) is busy: another program has it",
          remedy: "End that program, or take another device; see: kugel devices", .ioFailed)
      ]
    case .failed(let cause):
      findings = [
        .fail(
          "sound", "the device \(device) does not open: \(cause)",
          remedy: "See: kugel devices. Without any, write files: -o FILE", .ioFailed)
      ]
    }
    if let control = probe.muted {
      findings.append(
        .warn(
          "volume", "the control \(control) of \(device) is muted",
          remedy: "Try: amixer sset \(shellWords([control])) unmute 70%"))
    }
    return findings
  }
}
