import Glibc
import KugelClient
import KugelThreads

/// Takes part in the turn-taking of this user's processes.
enum FloorEntry {
  /// Waits its turn as the request says.
  ///
  /// - Returns: the floor, to be kept while speaking; nil where there is no place for turn-taking and
  ///   nobody asked for it.
  /// - Throws: 75 when the speakers are taken, and the status of a signal that came meanwhile.
  static func take(
    _ request: SpeechRequest, in host: Host, inbox: Inbox<SpeechRun.Event>
  ) throws -> SpeechFloor? {
    let plays = request.speakers != nil
    let queue = request.queue ?? (plays && request.style == nil ? .wait : .mix)
    let floor: SpeechFloor
    do {
      floor = try SpeechFloor(
        folder: try RuntimeFolder.path(variable: host.variable), kind: plays ? .speakers : .files,
        stop: { inbox.post(.signal(SIGTERM)) })
    } catch {
      guard request.queue != nil else { return nil }
      throw UserError(.unavailable, "\(error)")
    }
    guard plays else { return floor }
    var signal: CInt?
    let entry = floor.enter(queue) {
      if Poller.wait(for: [inbox.descriptor], until: .now + .milliseconds(20))[0] {
        for case .signal(let number) in inbox.drain() where number != SIGUSR1 && number != SIGTSTP {
          signal = number
        }
      }
      return signal != nil
    }
    switch entry {
    case .granted: return floor
    case .taken:
      throw UserError(
        .tryAgain, "another kugel plays", hint: "Stop it with: kugel stop; or see --queue.")
    case .givenUp: throw Interrupted(signal: signal ?? SIGINT)
    }
  }
}

/// A signal came before anything was begun.
struct Interrupted: Error {
  let signal: CInt
}
