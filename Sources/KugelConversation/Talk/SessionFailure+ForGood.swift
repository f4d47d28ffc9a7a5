import KugelSession

extension Happening {
  /// What has gone wrong, if something has.
  var failure: SessionFailure? {
    switch what {
    case .unreachable(let failure): return failure
    case .turnEnded(_, let report):
      guard case .failed(let failure) = report.ending else { return nil }
      return failure
    case .connecting, .connected, .keptAlive, .greeted, .reused, .retrying, .resumed,
      .settingsUpdated, .settingsRefused, .contexts, .contextClosed, .turnBegan, .written, .text,
      .segment, .words, .sound, .placed, .firstByte, .firstSound, .soundReached, .ranDry, .heard,
      .cut, .finished:
      return nil
    }
  }
}

extension SessionFailure {
  /// Whether another turn would meet the same: the key or the credit, or nobody there at all.
  ///
  /// - Parameter isUnreachable: nothing was connected; that who sits at a terminal may try again is not
  ///   asked here.
  func isForGood(isUnreachable: Bool) -> Bool {
    switch self {
    case .service(let failure):
      failure.kind == .refused || failure.kind == .noCredit || isUnreachable
    case .timedOut(.connect, after: _): isUnreachable
    case .timedOut: false
    }
  }
}
