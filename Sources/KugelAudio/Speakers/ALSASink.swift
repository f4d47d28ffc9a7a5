/// The speakers.
package final class ALSASink: AudioSink {
  /// The device used when none is named.
  package static let defaultDevice = "default"

  package let target: String

  private let device: any PlaybackDevice
  private let channels: Int
  private let interrupt = Interrupt()
  private var adapter: RateAdapter
  private var recovery = PlaybackRecovery()
  private var ended = false

  /// Opens the device.
  ///
  /// - Parameters:
  ///   - device: an ALSA name.
  ///   - rate: the samples' usual rate, Hz. What the card cannot play is converted here.
  ///   - channels: interleaved in what is played.
  /// - Throws: `.failed` with ALSA's reason.
  package convenience init(
    device: String = ALSASink.defaultDevice, rate: Int = 24_000, channels: Int = 1
  ) throws(SinkError) {
    do {
      self.init(
        target: device, playing: try PCMHandle(opening: device, rate: rate, channels: channels),
        channels: channels)
    } catch {
      throw .failed(target: device, cause: error.cause)
    }
  }

  init(target: String, playing device: any PlaybackDevice, channels: Int = 1) {
    self.target = target
    self.device = device
    self.channels = channels
    adapter = RateAdapter(to: device.rate, channels: channels)
  }

  /// Times the device ran dry so far.
  package var underruns: Int { recovery.underruns }

  package var interrupter: @Sendable () -> Void { { [interrupt] in interrupt.raise() } }

  /// Returns when the device has taken the samples; at most its buffer is then still to be heard.
  package func write(_ samples: [Int16], rate: Int) throws(SinkError) {
    guard !ended else { return }
    guard let converted = adapter.convert(samples, rate: rate) else {
      throw failed("cannot convert from \(rate) to \(device.rate) Hz")
    }
    try play(converted)
  }

  package func finish() throws(SinkError) {
    guard !ended else { return }
    try play(adapter.flush())
    ended = true
    waitUntilNearlyHeard()
    guard !interrupt.isRaised else { return device.drop() }
    let code = device.drain()
    if code < 0 { throw failed(device.explain(code)) }
  }

  package func cut() throws(SinkError) {
    ended = true
    device.drop()
  }

  /// A period at a time, so that an interrupt is seen soon.
  private func play(_ samples: [Int16]) throws(SinkError) {
    let channels = device.channels
    var rest = ChannelMap.convert(samples, from: self.channels, to: channels)[...]
    while !rest.isEmpty && !interrupt.isRaised {
      let period = rest.prefix(device.periodFrames * channels)
      let taken = device.write(period)
      if taken >= 0 {
        rest = rest.dropFirst(taken * channels)
        _ = recovery.receive(.progress)
      } else {
        try recover(.write(CInt(taken)))
      }
    }
  }

  /// Returns when the same samples can be written again.
  private func recover(_ event: PlaybackRecovery.Event) throws(SinkError) {
    var action = recovery.receive(event)
    while !interrupt.isRaised {
      switch action {
      case .write: return
      case .prepare: action = recovery.receive(.prepared(device.prepare()))
      case .resume: action = recovery.receive(.resumed(device.resume()))
      case .wait(let milliseconds, let next):
        interrupt.wait(untilWritable: -1, milliseconds: milliseconds)
        action = next
      case .giveUp(let code):
        ended = true
        throw failed(device.explain(code))
      }
    }
  }

  /// `drain` cannot be interrupted, so only the last moments are left to it.
  private func waitUntilNearlyHeard() {
    while let delay = device.delay(), delay > 2 * device.periodFrames, !interrupt.isRaised {
      interrupt.wait(untilWritable: -1, milliseconds: 10)
    }
  }

  private func failed(_ cause: String) -> SinkError { .failed(target: target, cause: cause) }
}
