import Glibc
import KugelClient
import KugelSystem

/// Takes part in the turn-taking of this user's processes.
package struct FloorEntry {
  /// To be left at the end; nil where there is no place for turn-taking and nobody asked for it.
  package var floor: SpeechFloor?
  /// Set when the speakers are taken turn by turn, by those who are silent for long in between.
  package var turns: TurnFloor?

  /// Takes the speakers as the request says, or prepares to take them for each turn.
  ///
  /// - Parameter takesTurns: turn follows turn, with silence in between for as long as it takes.
  /// - Throws: 75 when the speakers are taken, and the status of a signal that came meanwhile.
  package static func take(
    _ request: RunRequest, takesTurns: Bool = false, in host: Host, inbox: Inbox<RunEvent>
  ) throws -> FloorEntry {
    let plays = request.speakers != nil
    let queue = request.queue ?? (plays ? .wait : .mix)
    let floor: SpeechFloor
    do {
      floor = try SpeechFloor(
        folder: try RuntimeFolder.path(variable: host.variable), kind: plays ? .speakers : .files,
        stop: { inbox.post(.signal(SIGTERM)) })
    } catch {
      guard request.queue != nil else {
        if plays, request.verbosity != .quiet { host.tell("kugel: warning: \(error)") }
        return FloorEntry()
      }
      throw UserError(.unavailable, "\(error)")
    }
    let told = { @Sendable (notice: FloorNotice) in
      if request.verbosity != .quiet { host.tell("kugel: \(notice.sentence)") }
    }
    guard plays else { return FloorEntry(floor: floor) }
    if takesTurns {
      return FloorEntry(
        floor: floor,
        turns: TurnFloor(floor, queue: queue, told: told) { [inbox] in inbox.post(.floorGranted) })
    }
    var signal: CInt?
    let entry = floor.enter(queue, told: told) {
      if Poller.wait(for: [inbox.descriptor], until: .now + .milliseconds(20))[0] {
        for case .signal(let number) in inbox.drain() where number != SIGUSR1 && number != SIGTSTP {
          signal = number
        }
      }
      return signal != nil
    }
    switch entry {
    case .granted: return FloorEntry(floor: floor)
    case .taken: throw UserError.speakersTaken
    case .givenUp: throw Interrupted(signal: signal ?? SIGINT)
    }
  }
}

extension FloorNotice {
  fileprivate var sentence: String {
    switch self {
    case .waiting(let process):
      "waiting for another kugel" + (process.map { " (process \($0))" } ?? "")
        + ", which plays; it is ended with: kugel stop"
    case .passing(let process):
      "going on: the kugel that holds the speakers (process \(process)) is suspended"
    }
  }
}

/// A signal came before anything was begun.
package struct Interrupted: Error {
  package let signal: CInt
}

extension UserError {
  package static let speakersTaken = UserError(
    .tryAgain, "another kugel plays", hint: "Stop it with: kugel stop; or see --queue.")
}
