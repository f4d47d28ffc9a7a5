import KugelSession
import KugelSystem
import KugelWire

extension UserError {
  package init(_ failure: SessionFailure) {
    switch failure {
    case .service(let failure): self.init(failure)
    case .timedOut(let stage, let patience):
      self.init(
        .tryAgain, "\(stage.sentence) within \(patience.milliseconds) ms",
        hint: "Try again, or be more patient with --timeout \(stage.rawValue)=SECONDS.")
    }
  }

  package init(_ failure: ServiceFailure) {
    let mark = failure.requestID.map { " (request \($0))" } ?? ""
    self.init(failure.kind.status, failure.cause + mark, hint: failure.nextStep.map(sentence))
  }
}

private func sentence(_ text: String) -> String { text.beginningCapital + "." }

extension SessionFailure.Stage {
  fileprivate var sentence: String {
    switch self {
    case .connect: "no connection to the service was made"
    case .first: "the service sent no sound"
    case .total: "the whole was not spoken"
    case .stall: "the service stopped sending sound and sent no more"
    }
  }
}

extension ServiceFailure.Kind {
  /// Source: the table of exit codes.
  fileprivate var status: ExitStatus {
    switch self {
    case .refused: .refused
    case .noCredit: .outOfCredit
    case .rateLimited: .tryAgain
    case .invalidRequest: .usage
    case .notFound, .noSuchPath: .usage
    case .unavailable, .restarting: .unavailable
    case .internalError, .emptyAudio: .unavailable
    case .endedEarly, .abnormalClose: .tryAgain
    case .protocolViolation: .protocolError
    }
  }
}
