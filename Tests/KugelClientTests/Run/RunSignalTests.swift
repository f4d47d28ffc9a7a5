import Glibc
import KugelAudio
import KugelConnections
import KugelEngine
import KugelFloor
import KugelQueue
import KugelScreenplay
import KugelService
import KugelServiceCore
import KugelSession
import KugelSystem
import KugelWire
import Testing

@testable import KugelClient

/// Speakers that play when they are told to, on the test's thread or the run's.
private final class HandSpeakers: Playback, Sendable {
  struct State {
    var offered = 0
    var position = 0
    var isPaused = false
    var pauses: [Bool] = []
    var isCut = false
    var isFinishing = false
    var gaps = 0
  }

  let shared = Monitor(State())
  private let inbox: Inbox<RunEvent>

  init(_ inbox: Inbox<RunEvent>) { self.inbox = inbox }

  /// Plays everything there is.
  func play() {
    shared.change { $0.position = $0.offered }
    inbox.post(.sinkChanged)
  }

  func offer(_ samples: [Int16], rate: Int) { shared.change { $0.offered += samples.count } }
  func endTurn() {}
  func textIsComplete(_ complete: Bool) {}
  var gaps: Int { shared.withLock { $0.gaps } }
  let cushion = Duration.zero
  var position: Int { shared.withLock { $0.position } }
  func instant(ofSample sample: Int) -> ContinuousClock.Instant? { nil }
  let queuedSeconds = 0.0
  var state: SinkRunner.State {
    shared.withLock { $0.isCut || $0.isFinishing && $0.position == $0.offered }
      ? .finished : .running
  }
  func silence() -> Int {
    shared.change { state in
      defer { state.position = state.offered }
      return state.position
    }
  }
  func pause(_ paused: Bool) {
    shared.change { state in
      if state.isPaused != paused { state.pauses.append(paused) }
      state.isPaused = paused
    }
  }
  func waitForSilence(atMost patience: Duration) {}
  func setVolume(decibels: Double) {}
  func finish() { shared.change { $0.isFinishing = true } }
  func cut() { shared.change { $0.isCut = true } }
  let deadline: ContinuousClock.Instant? = nil
  func tick(at now: ContinuousClock.Instant) {}
}

/// What the one loop does for whatever is said on it.
@Suite struct RunSignalTests {
  enum Part: CaseIterable { case voice, script }

  /// Runs on a thread of its own, over the tone engine and speakers in hand.
  private func start(
    _ part: Part, _ inbox: Inbox<RunEvent>, _ worker: SynthesisWorker, _ speakers: HandSpeakers,
    _ ear: Ear, _ outcome: Monitor<RunOutcome?>
  ) throws -> Thread {
    let profile = ServiceProfile { if case .id(let number) = $0 { number } else { nil } }
    var settings = TurnSettings()
    settings.voice = .id(1)
    return try Thread(name: "run") { [settings] in
      var run = RunSetup(
        inbox: inbox, outputs: OutputSet([], playback: speakers, capacity: 600))
      run.listeners = [ear]
      let ended: RunOutcome?
      switch part {
      case .voice:
        var setup = SpeechSetup(
          settings: settings,
          connection: LocalConnection(profile: profile, worker: worker, news: inbox.news()))
        setup.keepsTexts = true
        ended = try? SpeechPart.perform(setup, TextFlow(known: "Hello there. Bye."), in: run).run
      case .script:
        var setup = ScriptSetup(
          director: Director.Settings(),
          source: .items([
            ScriptItem(
              .voice(VoiceDeclaration(name: "a", choice: .named(.id(1), engine: nil))), line: 1),
            ScriptItem(.line(ScriptLine(speaker: "a", text: "Hello there. Bye.")), line: 2),
          ]),
          cast: { _, _ in ScriptVoice(service: "tone", settings: settings) },
          service: { _, link in
            ScriptService(
              LocalConnection(
                profile: profile, worker: worker, endpoint: .multi, news: inbox.news(ofLink: link)))
          })
        setup.keepsTexts = true
        ended = try? ScriptPart.perform(setup, in: run) { _ in }.run
      }
      outcome.change { $0 = ended }
    }
  }

  private struct Stand {
    let inbox: Inbox<RunEvent>
    let worker: SynthesisWorker
    let speakers: HandSpeakers
    let ear = Ear()
    let outcome = Monitor<RunOutcome?>(nil)

    init() throws {
      inbox = try Inbox()
      worker = try SynthesisWorker(engine: ToneEngine())
      speakers = HandSpeakers(inbox)
    }
  }

  @Test(arguments: Part.allCases)
  func `USR1 holds the sound and lets it go on, and nothing is lost`(part: Part) throws {
    let stand = try Stand()
    defer { stand.worker.stop() }
    let run = try start(
      part, stand.inbox, stand.worker, stand.speakers, stand.ear, stand.outcome)
    stand.inbox.post(.signal(SIGUSR1))
    stand.speakers.shared.wait { $0.pauses == [true] ? () : nil }
    stand.ear.wait { if case .turnEnded = $0 { true } else { false } }
    stand.inbox.post(.signal(SIGUSR1))
    stand.speakers.shared.wait { $0.pauses == [true, false] ? () : nil }
    stand.speakers.shared.wait { $0.isFinishing ? () : nil }
    stand.speakers.play()
    stand.ear.wait { if case .heard = $0 { true } else { false } }
    run.join()
    let outcome = try #require(stand.outcome.withLock { $0 })
    #expect(outcome.signal == nil && outcome.sinkErrors == [])
  }

  @Test(arguments: Part.allCases)
  func `an interrupt is silence first, and what was heard until then is told`(part: Part) throws {
    let stand = try Stand()
    defer { stand.worker.stop() }
    let run = try start(
      part, stand.inbox, stand.worker, stand.speakers, stand.ear, stand.outcome)
    stand.ear.wait { if case .turnEnded = $0 { true } else { false } }
    // Of all that is there a third has been heard.
    stand.speakers.shared.change { $0.position = $0.offered / 3 }
    stand.inbox.post(.signal(SIGINT))
    run.join()
    let outcome = try #require(stand.outcome.withLock { $0 })
    #expect(outcome.signal == SIGINT)
    #expect(stand.speakers.shared.withLock { $0.isCut })
    let cut = stand.ear.all.compactMap { happening -> SpokenTurn? in
      if case .cut(let turn) = happening.what { turn } else { nil }
    }
    #expect(cut.count == 1)
    let text = try #require(cut.first?.cut)
    #expect(text.heard + text.unheard == "Hello there. Bye.")
    #expect(!text.heard.isEmpty && !text.unheard.isEmpty)
  }

  @Test(arguments: Part.allCases)
  func `other processes hold the sound, ask how far it is, and skip it`(part: Part) throws {
    let stand = try Stand()
    defer { stand.worker.stop() }
    let run = try start(
      part, stand.inbox, stand.worker, stand.speakers, stand.ear, stand.outcome)
    let steer = { stand.inbox.post(.steered(.init($0))) }
    steer(.pause)
    steer(.pause)
    let report = Monitor<SpeechReport?>(nil)
    let ask = {
      report.change { $0 = nil }
      stand.inbox.post(
        .steered(
          .init(.report) { bytes in
            let answer = SpeechReport(json: bytes)
            report.change { $0 = answer }
          }))
      return report.wait { $0 }
    }
    #expect(ask().isPaused)
    #expect(stand.speakers.shared.withLock { $0.pauses } == [true])
    steer(.resume)
    steer(.resume)
    #expect(!ask().isPaused)
    steer(.toggle)
    #expect(ask().isPaused)
    // Nothing is kept here, so there is nowhere to go.
    for what in [Steering.back, .on, .again, .drop] { steer(what) }
    stand.ear.wait { if case .turnEnded = $0 { true } else { false } }
    #expect(stand.speakers.shared.withLock { $0.pauses } == [true, false, true])
    steer(.skip)
    run.join()
    let outcome = try #require(stand.outcome.withLock { $0 })
    #expect(outcome.signal == SIGINT && outcome.dropped == nil)
    #expect(stand.speakers.shared.withLock { $0.isCut })
  }

  @Test(arguments: Part.allCases)
  func `gaps are told of the turn that was being heard`(part: Part) throws {
    let stand = try Stand()
    defer { stand.worker.stop() }
    let run = try start(
      part, stand.inbox, stand.worker, stand.speakers, stand.ear, stand.outcome)
    stand.speakers.shared.wait { $0.offered > 0 ? () : nil }
    stand.speakers.shared.change { $0.gaps = 2 }
    stand.speakers.shared.wait { $0.isFinishing ? () : nil }
    stand.speakers.play()
    run.join()
    let gaps = stand.ear.all.filter { if case .ranDry = $0.what { true } else { false } }
    #expect(gaps.count == 2)
    #expect(gaps.allSatisfy { $0.turn == 1 })
  }
}
