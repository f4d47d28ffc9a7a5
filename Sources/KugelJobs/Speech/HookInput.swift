import Glibc
import KugelClient
import KugelStreams
import KugelSystem

/// What an agent gives to its hook is read whole before kugel stands in the queue. So nobody waits, and nothing
/// that waits is stale, where there is nothing to say; and the queue knows what will be said.
enum HookInput {
  /// - Returns: the request with what was read; nil where that says nothing.
  /// - Throws: 66, 65 for what is no such object, and the status of a signal that came meanwhile.
  static func read(
    _ request: SpeechRequest, in host: Host, inbox: Inbox<RunEvent>
  ) throws -> SpeechRequest? {
    guard request.answers.format == .hook, !request.flows else { return request }
    var request = request
    if case .standardInput = request.source {
      let bytes = try readAll(host.standardInput, inbox)
      request.source = .words(String(decoding: bytes, as: UTF8.self))
    }
    guard case .words(let object) = request.source else { return request }
    switch WholeAnswer(in: object, .hook) {
    case .text: return request
    case .nothing: return nil
    case .troubled: throw UserError(.badInput, "the input is no object of an agent's hook")
    }
  }

  private static func readAll(_ descriptor: CInt, _ inbox: Inbox<RunEvent>) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let ready = Poller.wait(for: [inbox.descriptor, descriptor], until: nil)
      if ready[0] {
        for case .signal(let number) in inbox.drain() {
          switch number {
          case SIGTSTP: kill(getpid(), SIGSTOP)
          case SIGUSR1, SIGCONT: break
          default: throw Interrupted(signal: number)
          }
        }
      }
      guard ready[1] else { continue }
      do throws(SystemError) {
        guard let piece = try Descriptor.readPiece(descriptor) else { return bytes }
        bytes += piece
      } catch {
        throw UserError.unreadable(InputText.name(of: "-"), cause: error.cause)
      }
    }
  }
}

extension SpeechRequest {
  /// What is said, where it stands on the command line.
  var knownText: String? {
    guard case .words(let text) = source else { return nil }
    guard answers.isStream, let format = answers.format else { return text }
    if case .text(let answer) = WholeAnswer(in: text, format) { return answer }
    return nil
  }
}
