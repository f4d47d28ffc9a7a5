import Glibc
import KugelAudio
import KugelClient
import KugelScreenplay
import KugelSystem

/// What `multi` does once its request is checked.
package struct ScriptJob {
  /// Hz of the mix; every voice is asked for it.
  package static let rate = 24_000

  private let request: ScriptRequest
  private let host: Host

  package static func run(_ request: ScriptRequest, in host: Host) throws -> ExitStatus {
    let job = ScriptJob(request: request, host: host)
    let descriptor = try host.openScript(request)
    defer { if descriptor != host.standardInput { close(descriptor) } }
    switch request.purpose {
    case .check: return try job.check(descriptor)
    case .convert: return try job.convert(descriptor)
    case .speak: return try job.speak(descriptor)
    }
  }

  // MARK: Without speaking

  private func convert(_ descriptor: CInt) throws -> ExitStatus {
    let text = try ScriptText(descriptor: descriptor, for: request, in: host) { piece in
      if case .item(let item) = piece { try host.print(item.json + "\n") }
    }
    return tell(text.errors)
  }

  private func check(_ descriptor: CInt) throws -> ExitStatus {
    let text = try ScriptText(descriptor: descriptor, for: request, in: host)
    let cast = ScriptCast(request, items: text.items, host: host)
    var status = tell(text.errors)
    for item in text.items {
      if case .sound(let path) = item.content, let cause = ScriptSound.problem(with: path) {
        host.tell(text.problem(cause, line: item.line, in: request.scriptName).text)
        status = .badInput
      }
      guard case .voice(let voice) = item.content, !cast.engine(of: voice).isRemote else {
        continue
      }
      do { _ = try cast.voice(voice, voice.traits) } catch {
        host.tell(text.problem(voice, error, line: item.line, in: request.scriptName).text)
        status = .badInput
      }
    }
    guard status == .done else { return status }
    var chosen: [String: VoiceDeclaration] = [:]
    for item in text.items {
      guard case .voice(let voice) = item.content, voice.choice == .automatic else { continue }
      let declared = try cast.declared(voice)
      chosen[voice.name] = declared
      if request.castsUndeclared { try host.print(declared.script + "\n") }
    }
    try host.print(
      ScriptListing.text(ScriptSummary(text.items), engine: request.engine, chosen: chosen))
    return .done
  }

  private func tell(_ errors: [ScriptError]) -> ExitStatus {
    for error in errors {
      host.tell(UserError(.badInput, error.shown(in: request.scriptName)).text)
    }
    return errors.isEmpty ? .done : .badInput
  }

  // MARK: Speaking

  private func speak(_ descriptor: CInt) throws -> ExitStatus {
    let inbox = try Inbox<ScriptRun.Event>()
    try Interruption.watch { inbox.post(.signal($0)) }
    let files = ScriptFiles(request, inbox: inbox)
    try files.check()
    let (source, cast) = try script(descriptor, files: files)
    var director = Director.Settings()
    director.rate = Self.rate
    director.ahead = request.ahead
    director.channels = request.channels
    director.spreadsVoices = request.channels > 1
    let cushions = request.speakers == nil ? nil : CushionKeeper(service: cast.hostName, in: host)
    let control = request.speakers.map { speakers in
      var settings = speakers.settings
      settings.cushion = cushions?.cushion ?? .zero
      return PlaybackControl(settings: settings, volume: speakers.volume)
    }
    let setup = ScriptSetup(
      director: director, source: source,
      outputs: try files.outputs(rate: Self.rate, control: control),
      inbox: inbox, cast: { try cast.voice($0, $1) },
      service: { try cast.service($0, desk: $1, inbox: inbox) })
    let narrator = ScriptNarrator(request: request, host: host, cast: cast)
    let outcome = ScriptRun(setup) { narrator.hear($0) }.run()
    if let control { cushions?.keep(control.status.cushion) }
    let isWhole =
      outcome.signal == nil && outcome.failure == nil && outcome.failedLines.isEmpty
      && outcome.inputError == nil && outcome.castError == nil && outcome.scriptError == nil
    for remark in try files.settle(isWhole: isWhole) { host.tell("kugel: \(remark)") }
    return try narrator.end(outcome)
  }

  /// A script in a file is understood completely before anything is spoken.
  private func script(
    _ descriptor: CInt, files: ScriptFiles
  ) throws -> (ScriptSource, ScriptCast) {
    if host.isGrowing(descriptor) {
      let cast = ScriptCast(request, items: [], host: host)
      return (.descriptor(descriptor, ScriptText.options(for: request)), cast)
    }
    let text = try ScriptText(descriptor: descriptor, for: request, in: host)
    if let error = text.errors.first {
      let more = text.errors.count - 1
      throw UserError(
        .badInput, error.shown(in: request.scriptName),
        hint: more > 0
          ? "--check tells them all; there \(more == 1 ? "is" : "are") \(more) more." : nil)
    }
    let cast = ScriptCast(request, items: text.items, host: host)
    var voices: [String: VoiceDeclaration] = [:]
    for item in text.items {
      do {
        switch item.content {
        case .voice(let voice):
          voices[voice.name] = voice
          _ = try cast.voice(voice, voice.traits)
        case .line(let line):
          guard !line.traits.isEmpty, let voice = voices[line.speaker] else { continue }
          _ = try cast.voice(voice, voice.traits.overridden(by: line.traits))
        case .sound(let path):
          if let cause = ScriptSound.problem(with: path) {
            throw text.problem(cause, line: item.line, in: request.scriptName)
          }
        case .title, .gap, .pause, .mark: break
        }
      } catch let error as UserError where error.status == .usage || error.status == .badInput {
        let message = error.message + (error.hint.map { " (\($0))" } ?? "")
        throw text.problem(message, line: item.line, in: request.scriptName)
      }
    }
    try files.check(speakers: Array(voices.keys))
    return (.items(text.items), cast)
  }
}

/// Sounds that a script names.
private enum ScriptSound {
  /// Why it cannot be played; nil when it can.
  static func problem(with path: String) -> String? {
    do throws(SoundReadError) {
      _ = try SoundReader(path: path, outputRate: ScriptJob.rate)
      return nil
    } catch {
      return "the sound cannot be read: \(error.cause)"
    }
  }
}

extension ScriptText {
  fileprivate func problem(
    _ voice: VoiceDeclaration, _ error: any Error, line: Int, in name: String
  ) -> UserError {
    let told = UserError(telling: error)
    return problem(told.message + (told.hint.map { " (\($0))" } ?? ""), line: line, in: name)
  }
}

/// The listing of `--check`.
package enum ScriptListing {
  /// - Parameter chosen: the voices that names got which were left to us.
  package static func text(
    _ summary: ScriptSummary, engine: EngineName, chosen: [String: VoiceDeclaration] = [:]
  ) -> String {
    var rows = [["SPEAKER", "VOICE", "LINES", "WORDS", "ABOUT"]]
    for speaker in summary.speakers {
      let voice = (chosen[speaker.voice.name] ?? speaker.voice).choice.script
      rows.append([
        speaker.voice.name, voice.isEmpty ? "\(engine.rawValue):" : voice, "\(speaker.lines)",
        "\(speaker.words)", clock(speaker.duration),
      ])
    }
    rows.append(["", "", "\(summary.lines)", "\(summary.words)", clock(summary.duration)])
    return (summary.title.map { "\($0)\n" } ?? "") + Columns.text(rows)
  }

  private static func clock(_ duration: Duration) -> String {
    let seconds = Int((duration / .seconds(1)).rounded(.up))
    let (minutes, rest) = (seconds / 60, seconds % 60)
    return "\(minutes):\(rest < 10 ? "0" : "")\(rest)"
  }
}
