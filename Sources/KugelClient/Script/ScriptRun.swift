import Glibc
import KugelAudio
import KugelScreenplay
import KugelServiceCore
import KugelSession
import KugelSystem

/// One run of a script: items in, a mix, stems and lines out, on the calling thread.
///
/// The thread waits in `poll` for text, signals, the services and the outputs; the director and the
/// sessions decide, this performs.
package final class ScriptRun {
  package enum Event: Sendable {
    case engine(EngineNews, job: Int, opening: Int, desk: Int)
    case link(LinkEvent, opening: Int, desk: Int)
    /// An output has ended, failed or has room again.
    case sinkChanged
    case signal(CInt)
  }

  /// How long the services may take to say goodbye.
  private static let acknowledgementPatience = Duration.milliseconds(500)
  /// Lines that are read ahead of those being spoken.
  private static let readAhead = 64

  private let setup: ScriptSetup
  private let notify: (ScriptNotice) -> Void
  private var director: Director
  private var input: ScriptInput
  let outputs: ScriptOutputs
  private var stage: ScriptStage
  /// Sounds being read.
  private var sounds: [(line: Int, reader: SoundReader)] = []
  private var scriptLines: [Int: (line: Int, speaker: String?)] = [:]
  private var pending: ArraySlice<Director.Event> = []
  private var isDirecting = false
  private var outcome = ScriptOutcome()
  private var directorFinished = false
  private var stopped = false
  private var giveUpAt: ContinuousClock.Instant?
  private var isPaused = false
  /// How long the mix was when it last stood still for want of text.
  private var restedAt = 0

  package init(_ setup: ScriptSetup, notify: @escaping (ScriptNotice) -> Void) {
    self.setup = setup
    self.notify = notify
    outputs = setup.outputs
    var settings = setup.director
    settings.keepsStems = setup.outputs.keepsStems
    settings.waitsForNext = !setup.outputs.plays
    director = Director(settings: settings)
    input = ScriptInput(setup.source, isLive: setup.outputs.plays)
    stage = ScriptStage(setup: setup)
  }

  /// Blocks until everything is spoken, saved and played, or given up.
  package func run() -> ScriptOutcome {
    while !isOver {
      work()
      if isOver { break }
      let ready = Poller.wait(
        for: [setup.inbox.descriptor, readsInput ? input.descriptor : -1], until: deadline)
      if ready[0] { for event in setup.inbox.drain() { handle(event) } }
      if ready[1] && readsInput { input.ready(at: .now) }
      tick(at: .now)
    }
    stage.leave()
    outcome.sinkErrors = outputs.errors
    outcome.length = director.position
    return outcome
  }

  private var isOver: Bool {
    (directorFinished || stopped) && outputs.isEmpty && stage.isOver
  }

  private var readsInput: Bool { !stopped && director.waitingLines < Self.readAhead }

  private var deadline: ContinuousClock.Instant? {
    if !sounds.isEmpty && !outputs.isHeld { return .now }
    return [
      stage.deadline, outputs.deadline, readsInput ? input.deadline : nil, giveUpAt, heardDeadline,
      // Nothing announces that a queue has become a little shorter.
      outputs.isHeld ? .now + .milliseconds(50) : nil,
    ].compactMap(\.self).min()
  }

  /// When the speakers will have played what is waited for.
  private var heardDeadline: ContinuousClock.Instant? {
    guard outputs.plays, !stopped, !isPaused, let wanted = director.nextHeard else { return nil }
    let missing = Double(wanted - outputs.heard) / Double(setup.director.rate)
    return .now + max(.milliseconds(10), .seconds(missing))
  }

  private func tick(at now: ContinuousClock.Instant) {
    input.tick(at: now)
    stage.tick(at: now)
    outputs.tick(at: now)
    if let due = giveUpAt, now >= due {
      giveUpAt = nil
      stage.leave()
      stopped = stopped || !directorFinished
      outputs.finish()
    }
  }

  private func handle(_ event: Event) {
    switch event {
    case .engine(let news, let job, let opening, let desk):
      stage.receive(news, job: job, opening: opening, desk: desk)
    case .link(let event, let opening, let desk):
      stage.accept(event, opening: opening, desk: desk)
    case .sinkChanged:
      outputs.update()
      if outputs.isDeaf && !directorFinished { stop() }
    case .signal(let number): signal(number)
    }
    take(stage.takeNews())
  }

  private func signal(_ number: CInt) {
    switch number {
    case SIGUSR1:
      isPaused.toggle()
      outputs.pause(isPaused)
    case SIGTSTP:
      if !isPaused { outputs.pause(true) }
      kill(getpid(), SIGSTOP)
      // Nobody was silent while nobody listened.
      stage.forgive()
      if !isPaused { outputs.pause(false) }
    default:
      outcome.signal = number
      stop()
    }
  }

  /// Everything that can be done without waiting.
  private func work() {
    outputs.update()
    while readsInput, let piece = input.next() { take(piece) }
    take(stage.takeNews())
    direct(.heard(outputs.heard))
    readSounds()
    take(stage.takeNews())
    if director.waitingLines == 0, director.position > restedAt {
      restedAt = director.position
      outputs.endTurn()
    }
    stage.hold(outputs.isHeld)
    take(stage.takeNews())
  }

  private func take(_ piece: ScriptInput.Piece) {
    switch piece {
    case .item(let item): direct(.item(item))
    case .error(let error): outcome.scriptError = error
    case .invalidText(let offset): notify(.invalidText(offset: offset))
    case .unreadable(let code): outcome.inputError = code
    case .end:
      outputs.textIsComplete(true)
      direct(.endOfScript)
    }
  }

  // MARK: The director

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
      guard !stopped else { return direct(.ended(line: line)) }
      attempt { try stage.speak(speech, line: line) }
    case .play(let path, let line, let scriptLine):
      scriptLines[line] = (scriptLine, nil)
      openSound(path, line: line)
    case .emit(let audio):
      let frames = audio.samples.count / setup.director.channels
      outputs.play(audio, frames: frames, tracks: director.trackNames)
      if !outputs.plays { direct(.heard(outputs.heard)) }
    case .lineAudio(let samples, let line):
      outputs.playLine(samples, number: line, speaker: scriptLines[line]?.speaker)
    case .lineEnded(let line):
      outputs.endLine(line)
      scriptLines[line] = nil
    case .late(let line, let by): notify(.late(line: scriptLines[line]?.line ?? 0, by: by))
    case .mark(let name, let at): notify(.mark(name, at: at))
    case .finished:
      directorFinished = true
      if !stopped { outputs.finish() }
      stage.finish()
      giveUpAt = giveUpAt ?? .now + .seconds(5)
    }
  }

  private func attempt(_ body: () throws -> Void) {
    do { try body() } catch {
      outcome.castError = outcome.castError ?? error
      stop(keepsSound: true)
    }
  }

  // MARK: The services

  private func take(_ news: [ScriptStage.News]) {
    for news in news {
      switch news {
      case .audio(let samples, let line): direct(.audio(samples, line: line))
      case .ended(let report, let line): ended(report, line: line)
      case .usage(let usage): outcome.usage.append(usage)
      case .retrying(let attempt, let pause, let cause):
        notify(.retrying(attempt: attempt, after: pause, cause: cause))
      case .unreachable(let failure):
        outcome.failure = outcome.failure ?? failure
        stop(keepsSound: true)
      }
    }
  }

  private func ended(_ report: TurnReport, line: Int) {
    outcome.count(report)
    if case .failed(let failure) = report.ending {
      fail(line, .speech(failure))
      if failure.concernsAll {
        outcome.failure = outcome.failure ?? failure
        stop(keepsSound: true)
      }
    }
    direct(.ended(line: line))
  }

  private func fail(_ line: Int, _ cause: ScriptOutcome.FailedLine.Cause) {
    let failed = ScriptOutcome.FailedLine(line: scriptLines[line]?.line ?? 0, cause: cause)
    outcome.failedLines.append(failed)
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
    guard !sounds.isEmpty, !outputs.isHeld else { return }
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

  // MARK: The end

  /// Silence first; then the services are told, and what was made is kept.
  ///
  /// - Parameter keepsSound: what has been made is played to its end.
  private func stop(keepsSound: Bool = false) {
    guard !stopped else { return outputs.cut() }
    stopped = true
    sounds = []
    input.end()
    if keepsSound { outputs.finish() } else { outputs.cut() }
    stage.cancel()
    giveUpAt = .now + Self.acknowledgementPatience
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
        .protocolViolation:
        true
      case .rateLimited, .invalidRequest, .notFound, .internalError, .emptyAudio: false
      }
    }
  }
}
