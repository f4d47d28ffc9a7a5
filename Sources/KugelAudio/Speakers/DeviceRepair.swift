import Glibc

/// What is done about a device that refuses samples: it is made ready again, or another takes over.
struct DeviceRepair {
  enum Step: Equatable {
    /// There is more to do at once.
    case goOn
    /// Nothing to do before this time has passed.
    case waitOut(Duration)
    /// Another device plays on.
    case moved
    /// ALSA's words.
    case failed(String)
  }

  private var recovery = PlaybackRecovery()
  private var remedy: PlaybackRecovery.Action?
  private var substitute: (() -> Result<any PlaybackDevice, SinkError>)?

  /// - Parameter substitute: opens what takes over when the device is lost; nil when there is none.
  init(substitute: (() -> Result<any PlaybackDevice, SinkError>)?) { self.substitute = substitute }

  /// Whether `step` has something to do.
  var isDue: Bool { remedy != nil }

  /// The device took samples.
  mutating func tookSamples() { _ = recovery.receive(.progress) }

  /// - Parameter code: a negated `errno`.
  mutating func refused(_ code: CInt) { remedy = recovery.receive(.write(code)) }

  /// It was stopped here, and is to play again.
  mutating func wakeUp() { refused(-EBADFD) }

  mutating func step(on track: DeviceTrack) -> Step {
    guard let remedy else { return .goOn }
    switch remedy {
    case .write:
      self.remedy = nil
      return .goOn
    case .prepare:
      track.takeBack()
      self.remedy = recovery.receive(.prepared(track.device.prepare()))
      return .goOn
    case .resume:
      self.remedy = recovery.receive(.resumed(track.device.resume()))
      return .goOn
    case .wait(let milliseconds, let next):
      self.remedy = next
      return .waitOut(.milliseconds(Int(milliseconds)))
    case .giveUp(let code): return replace(on: track, because: code)
    }
  }

  private mutating func replace(on track: DeviceTrack, because code: CInt) -> Step {
    let cause = track.device.explain(code)
    guard let substitute else { return .failed(cause) }
    self.substitute = nil
    guard case .success(let other) = substitute(), other.rate == track.device.rate else {
      return .failed(cause)
    }
    track.move(to: other)
    (recovery, remedy) = (PlaybackRecovery(), nil)
    return .moved
  }
}
