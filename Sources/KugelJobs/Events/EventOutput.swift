import Glibc
import KugelClient
import KugelSession
import KugelSystem

extension EventLog {
  /// Opens the stream of events that a request asks for.
  static func open(_ request: RunRequest, start: ContinuousClock.Instant, in host: Host) throws
    -> EventLog?
  {
    let descriptor: CInt
    var isOwnFile = false
    switch request.events {
    case nil: return nil
    case .standardOutput: descriptor = host.standardOutput
    case .descriptor(let number):
      guard fcntl(number, F_GETFD) >= 0 else {
        throw UserError.usage("--events fd:\(number): no descriptor \(number) is open")
      }
      descriptor = number
    case .file(let path):
      // Open until the process ends.
      (descriptor, isOwnFile) = try EventFile.open(
        path, overwrite: request.overwritesEvents, in: host)
    }
    return try EventLog(
      descriptor: descriptor, isOwnFile: isOwnFile, start: start,
      audioEvery: request.eventsAudioMilliseconds.map { .milliseconds($0) },
      explain: RunJob.trouble)
  }

  /// Runs `body`; whatever comes of it is told, and the end last.
  /// - Throws: 74 when some were lost and nothing else went wrong.
  package static func telling(
    _ events: EventLog?, in host: Host, _ body: () throws -> ExitStatus
  ) throws -> ExitStatus {
    do {
      let status = try body()
      events?.end(exit: Int(status.rawValue))
      if let lost = events?.lost {
        guard status != .done else { throw lost }
        host.tell(lost.text)
      }
      return status
    } catch let lost as UserError where lost == events?.lost {
      throw lost
    } catch {
      let told = UserError(telling: error)
      events?.fail(SpeechEvent.Trouble(told))
      events?.end(exit: Int(told.status.rawValue))
      if let lost = events?.lost { host.tell(lost.text) }
      throw error
    }
  }

  private var lost: UserError? {
    failure.map {
      UserError(.ioFailed, "events were lost: \($0.cause); the lines that are there are whole")
    }
  }
}
