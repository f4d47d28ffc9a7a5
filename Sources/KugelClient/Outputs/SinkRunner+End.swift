import KugelAudio

extension SinkRunner {
  var hasFailed: Bool { if case .failed = state { true } else { false } }

  /// - Parameter errors: gets what ended it, when that was no end.
  func isOver(telling errors: inout [SinkError]) -> Bool {
    switch state {
    case .running: return false
    case .finished: return true
    case .failed(let error):
      errors.append(error)
      return true
    }
  }
}
