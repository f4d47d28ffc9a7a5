import KugelServiceCore

/// What is to be said of the client of one socket. Lives on the loop's thread.
final class SocketLint {
  private var lint: FlushLint

  init(_ door: SocketDoor) {
    lint = FlushLint(flushEndsTurn: door.flushEndsTurn)
  }

  /// - Parameters:
  ///   - path: of the socket.
  ///   - requestID: by which logs call it.
  func note(
    _ event: ServiceEvent, of path: String, _ requestID: String, telling tell: (String) -> Void
  ) {
    guard case .frame(let frame) = event, let finding = lint.note(frame) else { return }
    tell("\(path) [\(requestID)]: \(finding.sentence)")
  }
}

extension SocketDoor {
  /// A context outlives its flushes.
  fileprivate var flushEndsTurn: Bool {
    if case .turns = self { true } else { false }
  }
}
