import KugelAudio
import KugelScreenplay
import KugelSession
import KugelSystem
import KugelWire

/// The part of a run that performs a script: items in, a mix, stems and lines out. The director and the
/// sessions decide, this performs.
package final class ScriptPart: RunPart {
  /// Lines that are read ahead of those being spoken.
  private static let readAhead = 64

  private let run: Run
  private let setup: ScriptSetup
  private let notify: (ScriptNotice) -> Void
  private var director: Director
  private var input: ScriptInput
  private lazy var stage = ScriptStage(run, setup, for: self)
  /// Sounds being read.
  private var sounds: [(line: Int, reader: SoundReader)] = []
  private var scriptLines: [Int: (line: Int, speaker: String?)] = [:]
  private var pending: ArraySlice<Director.Event> = []
  private var isDirecting = false
  private var outcome = ScriptOutcome()
  private var directorFinished = false
  private var stopped = false
  /// Something that concerns all lines went wrong: what was begun is carried out first.
  private var isFailing = false
  /// How long the mix was when it last stood still for want of text.
  private var restedAt = 0
  /// Frames of the mix that had been heard when the sound was cut.
  private var cutAt: Int?

  /// Blocks until everything is spoken, saved and played, or given up.
  package static func perform(
    _ setup: ScriptSetup, in runSetup: RunSetup, notify: @escaping (ScriptNotice) -> Void
  ) throws(ThreadError) -> ScriptOutcome {
    let run = try Run(runSetup)
    let part = ScriptPart(run, setup, notify)
    run.perform(part)
    part.outcome.run = run.outcome
    part.outcome.length = part.cutAt ?? part.director.position
    return part.outcome
  }

  private init(_ run: Run, _ setup: ScriptSetup, _ notify: @escaping (ScriptNotice) -> Void) {
    self.run = run
    self.setup = setup
    self.notify = notify
    var settings = setup.director
    settings.keepsStems = run.outputs.parts?.keepsStems ?? false
    settings.waitsForNext = !run.outputs.plays
    director = Director(settings: settings)
    input = ScriptInput(
      setup.source, isLive: run.outputs.plays, echo: run.setup.typedLine)
  }

  // MARK: What the run asks

  package var descriptor: CInt { readsInput ? input.descriptor : -1 }

  package var deadline: ContinuousClock.Instant? {
    if !sounds.isEmpty && !run.outputs.isHeld { return run.clock.now }
    return earliest(stage.deadline, readsInput ? input.deadline : nil, heardDeadline)
  }

  package var hasSaidAll: Bool { directorFinished || stopped }
  package var isOver: Bool { hasSaidAll && stage.isOver }
  package var isBusy: Bool { !hasSaidAll }
  package var wantsPosition: Bool { setup.keepsTexts && stage.wantsPosition }

  private var readsInput: Bool { !stopped && director.waitingLines < Self.readAhead }

  /// When the speakers will have played what is waited for.
  private var heardDeadline: ContinuousClock.Instant? {
    guard run.outputs.plays, !stopped, !run.isPaused, let wanted = director.nextHeard else {
      return nil
    }
    let missing = Double(wanted - frames(run.outputs.position)) / Double(setup.director.rate)
    return run.clock.now + max(.milliseconds(10), .seconds(missing))
  }

  private func frames(_ samples: Int) -> Int { samples / setup.director.channels }

  // MARK: What the run tells

  package func begin() {}

  package func work() {
    while readsInput, let piece = input.next() { take(piece) }
    stage.settle()
    run.tellPosition()
    readSounds()
    stage.settle()
    if director.waitingLines == 0, director.position > restedAt {
      restedAt = director.position
      run.outputs.endTurn()
    }
    if isFailing, !stopped { stop() }
  }

  package func ready(at now: ContinuousClock.Instant) { if readsInput { input.ready(at: now) } }

  package func tick(at now: ContinuousClock.Instant) {
    input.tick(at: now)
    stage.tick(at: now)
  }

  package func hold(_ held: Bool) { stage.hold(held) }
  package func forgive() { stage.forgive() }

  package func played(_ position: Int, at now: ContinuousClock.Instant) {
    direct(.heard(frames(position)))
    stage.played(frames(position), at: now)
  }

  package func silenced(at position: Int, now: ContinuousClock.Instant) {
    cutAt = cutAt ?? frames(position)
    stage.silenced(at: frames(position), now: now)
  }

  package func ranDry(cushion: Duration, at now: ContinuousClock.Instant) {
    stage.ranDry(cushion: cushion, at: now)
  }

  package func take(_ signal: RunSignal, at now: ContinuousClock.Instant) -> Bool { false }

  package func cancel() {
    guard !stopped else { return }
    stopped = true
    sounds = []
    input.end()
    stage.cancel()
  }

  package func giveUp() {
    stage.leave()
    stopped = stopped || !directorFinished
    run.outputs.finish()
  }

  package func leave() { stage.leave() }

  /// What has been made is played to its end; nothing more is asked for.
  private func stop() {
    cancel()
    run.outputs.parts?.endEarly()
    run.outputs.finish()
    run.waitForAnswers()
  }

  // MARK: The director

  private func take(_ piece: ScriptInput.Piece) {
    switch piece {
    case .item(let item): direct(.item(item))
    case .error(let error): outcome.scriptError = error
    case .remark(let remark): run.warn(remark.sentence(about: setup.name))
    case .unreadable(let code): run.outcome.inputError = .unreadable(setup.name, code: code)
    case .binary(let error): run.outcome.inputError = .binary(setup.name, error)
    case .end:
      run.outputs.textIsComplete(true)
      for observer in run.setup.observers { observer.hearEnd() }
      direct(.endOfScript)
    }
  }

  private func direct(_ event: Director.Event) {
    pending.append(event)
    // What the actions lead to is directed after them.
    guard !isDirecting else { return }
    isDirecting = true
    defer { isDirecting = false }
    while let event = pending.popFirst() {
      for action in director.receive(event) { perform(action) }
    }
  }

  private func perform(_ action: Director.Action) {
    switch action {
    case .declared(let voice, _):
      if voice.choice == .automatic { notify(.cast(voice)) }
      attempt { try stage.declare(voice) }
    case .title(let title): notify(.title(title))
    case .speak(let speech, let line, let scriptLine):
      scriptLines[line] = (scriptLine, speech.speaker)
      guard !stopped, !isFailing else { return direct(.ended(line: line)) }
      attempt {
        let isKnown = try stage.speak(speech, line: line, scriptLine: scriptLine)
        if !isKnown { ended(TurnReport(turn: 0), line: line) }
      }
    case .play(let path, let line, let scriptLine):
      scriptLines[line] = (scriptLine, nil)
      openSound(path, line: line)
    case .placed(let line, let start): stage.placed(line: line, at: start)
    case .emit(let audio):
      run.outputs.parts?.play(stems: audio.stems, from: audio.start, of: director.trackNames)
      run.play(audio.samples, rate: setup.director.rate)
    case .lineAudio(let samples, let line):
      let (scriptLine, speaker) = scriptLines[line] ?? (0, nil)
      run.outputs.parts?.play(line: line, samples, speaker: speaker, scriptLine: scriptLine)
    case .lineEnded(let line):
      run.outputs.parts?.end(line: line)
      stage.mixed(line: line)
      scriptLines[line] = nil
    case .late(let line, let by): late(line, by: by)
    case .mark(let name, let at):
      run.setup.events?.note(.mark(name: name))
      notify(.mark(name, at: at))
    case .finished:
      directorFinished = true
      if !stopped { run.outputs.finish() }
      stage.finish()
      run.waitForAnswers(atMost: .seconds(5))
    }
  }

  private func late(_ line: Int, by: Duration) {
    let scriptLine = scriptLines[line]?.line
    let milliseconds = Int((by / .milliseconds(1)).rounded())
    run.setup.events?.note(
      .warning("the line begins \(milliseconds) ms late"), turn: line, line: scriptLine)
    notify(.late(line: scriptLine ?? 0, by: by))
  }

  private func attempt(_ body: () throws -> Void) {
    do { try body() } catch {
      outcome.castError = outcome.castError ?? error
      isFailing = true
    }
  }

  // MARK: The services

  func hear(_ samples: [Int16], line: Int) { direct(.audio(samples, line: line)) }

  func ended(_ report: TurnReport, line: Int) {
    outcome.count(report)
    if case .failed(let failure) = report.ending {
      fail(line, .speech(failure))
      if failure.concernsAll { unreachable(failure) }
    }
    direct(.ended(line: line))
  }

  /// It was spoken, and not heard to its end.
  func wasCut(_ spoken: SpokenTurn) {
    if spoken.report?.ending == .complete { outcome.takeBackSpoken() }
  }

  func unreachable(_ failure: SessionFailure) {
    outcome.failure = outcome.failure ?? failure
    isFailing = true
  }

  private func fail(_ line: Int, _ cause: ScriptOutcome.FailedLine.Cause) {
    let failed = ScriptOutcome.FailedLine(line: scriptLines[line]?.line ?? 0, cause: cause)
    outcome.failedLines.append(failed)
    if case .sound(let path, let cause) = cause {
      let message = "the sound \(path) cannot be read: \(cause)"
      run.setup.events?.note(
        .error(SpeechEvent.Trouble(code: "input", message: message, exit: nil)), turn: line,
        line: failed.line)
    }
    notify(.failed(failed))
  }

  // MARK: Sounds

  private func openSound(_ path: String, line: Int) {
    do throws(SoundReadError) {
      sounds.append((line, try SoundReader(path: path, outputRate: setup.director.rate)))
      outcome.soundCount += 1
    } catch {
      fail(line, .sound(path: path, cause: error.cause))
      direct(.ended(line: line))
    }
  }

  /// A piece of each sound being read; the rest waits until the outputs have room.
  private func readSounds() {
    guard !sounds.isEmpty, !run.outputs.isHeld else { return }
    for (line, reader) in sounds {
      do throws(SoundReadError) {
        if let samples = try reader.read(frames: 12_000) {
          direct(.audio(samples, line: line))
          continue
        }
      } catch {
        fail(line, .sound(path: "the sound", cause: error.cause))
      }
      sounds.removeAll { $0.line == line }
      direct(.ended(line: line))
    }
  }
}

extension SessionFailure {
  /// Whether the next line would fail likewise.
  fileprivate var concernsAll: Bool {
    switch self {
    case .timedOut(let stage, after: _): stage == .connect
    case .service(let failure):
      switch failure.kind {
      case .refused, .noCredit, .unavailable, .restarting, .endedEarly, .abnormalClose,
        .noSuchPath, .protocolViolation:
        true
      case .rateLimited, .invalidRequest, .notFound, .internalError, .emptyAudio: false
      }
    }
  }
}
