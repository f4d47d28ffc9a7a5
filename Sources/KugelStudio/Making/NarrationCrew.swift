import KugelClient
import KugelJobs
import KugelNarration
import KugelSession
import KugelSystem
import KugelText

/// Those who speak the items, each on a thread with a run of its own.
final class NarrationCrew {
  private let request: NarrateRequest
  private let desk: NarrationDesk
  private let host: Host
  private var threads: [Thread] = []
  private var inboxes: [Inbox<RunEvent>] = []

  /// Starts them.
  ///
  /// - Parameter local: who speaks in this process; nil when a service does.
  init(
    _ request: NarrateRequest, _ desk: NarrationDesk, count: Int, local: LocalEngine?, in host: Host
  ) throws {
    self.request = request
    self.desk = desk
    self.host = host
    for _ in 0..<count {
      let inbox = try Inbox<RunEvent>()
      inboxes.append(inbox)
      threads.append(
        try Thread(name: "kugel-narrate") { [request, desk, host] in
          do {
            try Self.work(request, desk, local: local, inbox, in: host)
          } catch {
            desk.inbox.post(.broken(UserError(telling: error)))
            desk.close()
          }
          desk.inbox.post(.workerLeft)
        })
    }
  }

  /// Nothing more is said; what is under way is given up.
  func stop(by signal: CInt) {
    desk.close()
    for inbox in inboxes { inbox.post(.signal(signal)) }
  }

  func join() { for thread in threads { thread.join() } }

  private static func work(
    _ request: NarrateRequest, _ desk: NarrationDesk, local: LocalEngine?,
    _ inbox: Inbox<RunEvent>, in host: Host
  ) throws {
    let turns = NarrationTurns(request, desk)
    defer { turns.abandon() }
    repeat {
      var speech = turns.task?.speech ?? request.speech
      // What is sent grows; a request would hold one text.
      speech.source = .standardInput
      let speaker: any SpeechSource
      if let local {
        speaker = LocalSource(
          engine: local, sharesEngine: true, longestPiece: 10, news: inbox.news())
      } else {
        speaker = try RemoteSource(speech, in: host, news: inbox.news())
      }
      turns.speaker = KnownSpeaker(speaker, local)
      var setup = SpeechSetup(
        settings: try turns.settings(for: speech), connection: try speaker.connection())
      setup.policy = speaker.policy
      setup.keepsTexts = true
      turns.prepare()
      let outputs = OutputSet([], playback: turns.tape, capacity: 600)
      let outcome = try SpeechPart.perform(
        setup, turns, in: RunSetup(inbox: inbox, outputs: outputs))
      if outcome.signal != nil { return }
    } while turns.needsConnection
  }
}
