import Glibc
import KugelAudio
import KugelClient
import KugelFloor
import KugelQueue
import KugelSystem

/// Takes part in the turn-taking of this user's processes.
package struct FloorEntry {
  /// To be left at the end; nil where there is no place for turn-taking and nobody asked for it.
  package var floor: SpeechFloor?
  /// The speakers: taken throughout, or turn by turn by those who are silent for long in between.
  package var turns: TurnFloor?

  /// Takes the speakers as the request says, or prepares to take them for each turn.
  ///
  /// - Parameters:
  ///   - takesTurns: turn follows turn, with silence in between for as long as it takes.
  ///   - text: what is said, as far as it is known.
  /// - Throws: 75 when the speakers are taken or what was to be said is stale, and the status of a signal
  ///   that came meanwhile.
  package static func take(
    _ request: RunRequest, takesTurns: Bool = false, saying text: String? = nil, in host: Host,
    inbox: Inbox<RunEvent>
  ) throws -> FloorEntry {
    let entry = try enter(request, takesTurns, text, host, inbox)
    Detachment.tell(in: host)
    return entry
  }

  private static func enter(
    _ request: RunRequest, _ takesTurns: Bool, _ text: String?, _ host: Host,
    _ inbox: Inbox<RunEvent>
  ) throws -> FloorEntry {
    let plays = request.speakers != nil
    let queue = request.queue ?? (plays ? .wait : .mix)
    let floor: SpeechFloor
    do {
      floor = try SpeechFloor(
        folder: try RuntimeFolder.path(variable: host.variable), kind: plays ? .speakers : .files,
        steered: { inbox.post($0.what == .stop ? .signal(SIGTERM) : .steered($0)) })
    } catch {
      guard request.queue != nil else {
        if plays, request.verbosity != .quiet { host.tell("kugel: warning: \(error)") }
        return FloorEntry()
      }
      throw UserError(.unavailable, "\(error)")
    }
    guard plays else { return FloorEntry(floor: floor) }
    var wish = request.wish
    wish.title = text.flatMap(QueueWish.title)
    wish.characters = text?.unicodeScalars.count
    if !takesTurns {
      try enter(floor, queue, wish, request, host, inbox) { Detachment.tell(in: host) }
    }
    return FloorEntry(
      floor: floor,
      turns: TurnFloor(
        floor, queue: queue, wish: wish, isHeld: !takesTurns,
        told: { [inbox] in inbox.post(.floorTold($0)) },
        granted: { [inbox] in inbox.post(.floorGranted($0)) }))
  }

  private static func enter(
    _ floor: SpeechFloor, _ queue: SpeechFloor.Queue, _ wish: QueueWish, _ request: RunRequest,
    _ host: Host, _ inbox: Inbox<RunEvent>, _ waits: () -> Void
  ) throws {
    let line = WaitingLine(request, in: host)
    defer { line.hide() }
    var signal: CInt?
    var isStale = false
    let entry = floor.enter(queue, wish) {
      line.tell($0)
    } isGivenUp: { time in
      waits()
      guard Poller.wait(for: [inbox.descriptor], until: .now + time)[0] else { return false }
      for event in inbox.drain() {
        switch event {
        case .signal(SIGTSTP):
          line.hide()
          kill(getpid(), SIGSTOP)
          line.show()
        case .signal(SIGUSR1), .signal(SIGCONT): break
        case .signal(let number): signal = number
        case .steered(let request) where request.what == .skip: signal = SIGINT
        case .steered(let request) where request.what == .drop: isStale = true
        default: break
        }
      }
      return signal != nil || isStale
    }
    switch entry {
    case .granted: break
    case .taken: throw UserError.speakersTaken
    case .dropped(let why): throw UserError.stale(why)
    case .givenUp:
      if isStale { throw UserError.stale(.replaced) }
      throw Interrupted(signal: signal ?? SIGINT)
    }
  }
}

extension FloorEntry {
  /// The player asks before it plays: after a sleep the speakers may be another's.
  func guardSound(of control: PlaybackControl?, inbox: Inbox<RunEvent>) {
    guard let floor else { return }
    control?.ask {
      guard floor.isLost else { return true }
      inbox.post(.floorDoubted)
      return false
    }
  }

  /// Where what is received can be kept for a while; nil where nothing can.
  func memory() -> SoundMemory? {
    turns == nil ? nil : floor.map { SoundMemory(folder: $0.folder, id: getpid()) }
  }
}

extension QueueRules.Drop {
  var sentence: String {
    switch self {
    case .replaced: "not said: there is something newer to say"
    case .stale(let limit): "not said: it had to wait for \(limit.milliseconds / 1000) s"
    }
  }
}

/// A signal came before anything was begun.
package struct Interrupted: Error {
  package let signal: CInt
}

extension UserError {
  package static let speakersTaken = UserError(
    .tryAgain, "another kugel plays", hint: "Skip it with: kugel skip; or see --queue.")

  static func stale(_ why: QueueRules.Drop) -> UserError { UserError(.tryAgain, why.sentence) }
}
