import Glibc

/// A device that refuses, and the end of its work.
extension PlaybackPump {
  func deviceRefused(_ code: CInt) {
    switch -code {
    case EPIPE:
      plan.ranDry(ready: track.ready)
      track.ranDry()
    case ESTRPIPE: track.stopped()
    default: break
    }
    remedy = recovery.receive(.write(code))
  }

  func recover(_ action: PlaybackRecovery.Action) -> Next? {
    switch action {
    case .write:
      remedy = nil
      return nil
    case .prepare:
      track.takeBack()
      remedy = recovery.receive(.prepared(device.prepare()))
      return nil
    case .resume:
      remedy = recovery.receive(.resumed(device.resume()))
      return nil
    case .wait(let milliseconds, let next):
      remedy = next
      return .waitOut(.milliseconds(Int(milliseconds)))
    case .giveUp(let code):
      replaceDevice(code)
      return nil
    }
  }

  private func replaceDevice(_ code: CInt) {
    let cause = device.explain(code)
    guard let substitute else { return fail(cause) }
    self.substitute = nil
    guard case .success(let other) = substitute(), other.rate == device.rate else {
      return fail(cause)
    }
    track.move(to: other)
    recovery = PlaybackRecovery()
    remedy = nil
    plan.moved(bufferFrames: other.bufferFrames, startFrames: other.startFrames)
    playback.update { $0.substitute = PlaybackPump.substituteName }
  }

  static let substituteName = ALSADevices.defaultName

  private func fail(_ cause: String) { outcome = .failed(cause) }

  // MARK: The end

  func drain() -> Next? {
    guard hasSounded else {
      device.drop()
      outcome = .ended
      return nil
    }
    // The rest of it cannot be interrupted.
    if track.unheard > 2 * plan.startFrames {
      let left = Double(track.unheard - 2 * plan.startFrames) / Double(plan.rate)
      return .waitOut(min(.seconds(left), .milliseconds(50)))
    }
    let code = device.drain()
    track.ranDry()
    if code < 0 { fail(device.explain(code)) } else { outcome = .ended }
    return nil
  }
}
