import Glibc
import KugelClient
import KugelSession

extension EventLog {
  /// Opens the stream of events that a request asks for.
  static func open(_ request: SpeechRequest, start: ContinuousClock.Instant, in host: Host) throws
    -> EventLog?
  {
    let descriptor: CInt?
    switch request.events {
    // Whoever wants to know much is told what was heard of what was cut.
    case nil where request.verbosity == .verbose || request.verbosity == .wire: descriptor = nil
    case nil: return nil
    case .standardOutput: descriptor = host.standardOutput
    case .descriptor(let number):
      guard fcntl(number, F_GETFD) >= 0 else {
        throw UserError.usage("--events fd:\(number): no descriptor \(number) is open")
      }
      descriptor = number
    case .file(let path):
      // Open until the process ends.
      let opened = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard opened >= 0 else {
        throw UserError(.cannotCreate, "cannot create \(path): \(systemMessage(errno))")
      }
      descriptor = opened
    }
    return try EventLog(
      descriptor: descriptor, start: start,
      audioEvery: request.eventsAudioMilliseconds.map { .milliseconds($0) },
      explain: SpeechJob.trouble)
  }

  /// Runs `body`; whatever comes of it is told, and the end last.
  package static func telling(
    _ events: EventLog?, _ body: () throws -> ExitStatus
  ) throws -> ExitStatus {
    do {
      let status = try body()
      events?.end(exit: Int(status.rawValue))
      return status
    } catch {
      let told = UserError(telling: error)
      events?.fail(
        SpeechEvent.Trouble(
          code: "\(told.status)", message: told.message, exit: Int(told.status.rawValue)))
      events?.end(exit: Int(told.status.rawValue))
      throw error
    }
  }
}
