import Glibc
import KugelAudio
import KugelClient
import KugelScreen
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
    var voices: [String: VoiceDeclaration] = [:]
    for item in text.items {
      do { try check(item, cast, &voices) } catch {
        host.tell(text.problem(error, line: item.line, in: request.scriptName).text)
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

  /// As far as that needs no network.
  private func check(
    _ item: ScriptItem, _ cast: ScriptCast, _ voices: inout [String: VoiceDeclaration]
  ) throws {
    switch item.content {
    case .voice(let voice):
      voices[voice.name] = voice
      try cast.check(voice, voice.traits)
      if !cast.engine(of: voice).isRemote { _ = try cast.voice(voice, voice.traits) }
    case .line(let line):
      guard let voice = voices[line.speaker] else { return }
      try cast.check(voice, voice.traits.overridden(by: line.traits))
    case .sound(let path):
      if let cause = ScriptSound.problem(with: path) { throw UserError(.badInput, cause) }
    case .title, .gap, .pause, .mark: break
    }
  }

  private func tell(_ errors: [ScriptError]) -> ExitStatus {
    for error in errors {
      host.tell(UserError(.badInput, error.shown(in: request.scriptName)).text)
    }
    return errors.isEmpty ? .done : .badInput
  }

  // MARK: Speaking

  private func speak(_ descriptor: CInt) throws -> ExitStatus {
    LocalEngine.prepare(request.engine, language: request.language)
    try request.refuseSharedFiles(in: host)
    return try RunJob.run(request.run, in: host) { job in
      let outputs = RunOutputs(
        request.run, channels: request.channels, parts: request.parts, inbox: job.inbox)
      try outputs.check()
      let (source, cast) = try script(descriptor, outputs)
      // What is wrong with a script is told before anybody is waited for.
      let entry = try FloorEntry.take(request.run, in: host, inbox: job.inbox)
      defer { entry.floor?.leave() }
      return try speak(source, cast, job, outputs, entry)
    }
  }

  private func speak(
    _ source: ScriptSource, _ cast: ScriptCast, _ job: RunJob, _ outputs: RunOutputs,
    _ entry: FloorEntry
  ) throws -> ExitStatus {
    let speakers = RunSpeakers(request.run, service: cast.hostName, in: host)
    entry.guardSound(of: speakers?.control, inbox: job.inbox)
    // A line that is typed, and one that tells how it goes, do not share a terminal.
    let isTyped = request.readsStandardInput && host.isTerminal(host.standardInput)
    let narrator = ScriptNarrator(
      request,
      RunNarrator(
        request.run, host: host, isRemote: cast.hostName != nil,
        display: isTyped && request.run.karaoke == nil
          ? nil
          : SpeechDisplay(
            request.run, host: host, control: speakers?.control, pace: outputs.pace, isCast: true)),
      cast: cast, speakers: speakers?.control)
    var director = Director.Settings()
    director.rate = Self.rate
    director.ahead = request.ahead
    director.channels = request.channels
    director.spreadsVoices = request.channels > 1
    cast.wantsWords = job.wantsWords
    var setup = ScriptSetup(
      director: director, source: source, name: request.scriptName,
      cast: { try cast.voice($0, $1) },
      service: { try cast.service($0, news: job.inbox.news(ofLink: $1)) })
    setup.keepsTexts = job.keepsTexts(narrator.run)
    job.tellStart(engine: request.engine, voice: request.voice?.description)
    var run = job.setup(
      try outputs.open(
        control: speakers?.control, memory: entry.memory(), partRate: Self.rate),
      control: speakers?.control, floor: entry.turns, narrator.run,
      isTyped: request.readsStandardInput)
    let subtitles = try SubtitleTrack(
      request.run, language: request.language, isCast: true, in: job.host)
    if let subtitles { run.listeners.append(subtitles) }
    let outcome = try ScriptPart.perform(setup, in: run) { narrator.hear($0) }
    narrator.run.endLine()
    try subtitles?.finish()
    if let report = outputs.report(outcome.run, wasCut: outcome.endedEarly) {
      job.events?.note(report)
    }
    try narrator.run.settle(
      outputs, isWhole: !outcome.endedEarly && outcome.failedLines.isEmpty)
    speakers?.keepCushion()
    return try narrator.end(outcome)
  }

  /// A script in a file is understood completely before anything is spoken.
  private func script(
    _ descriptor: CInt, _ outputs: RunOutputs
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
    try outputs.check(stemsOf: Array(voices.keys))
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
  fileprivate func problem(_ error: any Error, line: Int, in name: String) -> UserError {
    let told = UserError(telling: error)
    return problem(told.message + (told.hint.map { " (\($0))" } ?? ""), line: line, in: name)
  }
}

extension ScriptRequest {
  fileprivate var parts: RunOutputs.Parts? {
    guard stems != nil || lines != nil else { return nil }
    return RunOutputs.Parts(
      stems: stems, lines: lines, format: partFormat, rate: partRate, overwrite: overwrite,
      volume: partVolume, leadIn: partLeadIn)
  }
}

extension ScriptOutcome {
  /// The mix does not hold all of the script.
  fileprivate var endedEarly: Bool {
    self.signal != nil || failure != nil || castError != nil || scriptError != nil
      || self.inputError != nil
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
