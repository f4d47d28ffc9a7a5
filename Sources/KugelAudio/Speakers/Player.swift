import KugelSystem
import Synchronization

/// The speakers. A thread of their own holds the device and keeps it fed; what is written here waits in a
/// ring for it.
package final class Player: AudioSink {
  /// Seconds of sound that the ring holds; what is more waits with the feeder.
  static let ringSeconds = 4

  package let target: String

  private let shared: Shared
  private var adapter: RateAdapter
  private let handover: RingHandover
  private var ended = false

  /// What both threads use.
  private final class Shared: Sendable {
    let playback: PlaybackControl
    /// Room in the ring again.
    let space = Wake()
    let isCut = Atomic(false)
    let isFinished = Atomic(false)
    let state = Monitor(State.opening)
    let backlog = Mutex<SinkBacklog?>(nil)

    init(_ playback: PlaybackControl) { self.playback = playback }

    func cut() {
      isCut.store(true, ordering: .releasing)
      playback.wake.signal()
      space.signal()
    }
  }

  private enum State {
    case opening
    case playing(RingHandover, rate: Int)
    case ended
    case failed(String)
  }

  /// Opens the device on the player's thread and waits until it is open.
  ///
  /// - Parameters:
  ///   - device: an ALSA name.
  ///   - rate: the samples' usual rate, Hz. What the card cannot play is converted here.
  ///   - channels: interleaved in what is written.
  /// - Throws: `.failed` with ALSA's reason.
  package convenience init(
    device: String = ALSADevices.defaultName, rate: Int = 24_000, channels: Int = 1,
    playback: PlaybackControl = PlaybackControl()
  ) throws(SinkError) {
    var fallback: Opener?
    if device != ALSADevices.defaultName {
      fallback = { rate in
        Self.open(ALSADevices.defaultName, rate: rate, channels: channels, converting: true)
      }
    }
    try self.init(
      target: device, rate: rate, channels: channels, playback: playback,
      open: { rate in Self.open(device, rate: rate, channels: channels, converting: false) },
      substitute: fallback)
  }

  /// Opens a device for samples of a rate, on the player's thread.
  typealias Opener = @Sendable (_ rate: Int) -> Result<any PlaybackDevice, SinkError>

  private static func open(
    _ device: String, rate: Int, channels: Int, converting: Bool
  ) -> Result<any PlaybackDevice, SinkError> {
    do throws(ALSAError) {
      return .success(
        try PCMHandle(opening: device, rate: rate, channels: channels, converting: converting))
    } catch {
      return .failure(.failed(target: device, cause: error.cause))
    }
  }

  /// - Parameter substitute: opens what takes over when the device is lost.
  init(
    target: String, rate wanted: Int = 24_000, channels: Int = 1, playback: PlaybackControl,
    open: @escaping Opener, substitute: Opener? = nil
  ) throws(SinkError) {
    self.target = target
    let shared = Shared(playback)
    self.shared = shared
    do throws(SystemError) {
      _ = try Thread(name: "speakers") {
        Self.run(shared, channels: channels, { open(wanted) }, substitute)
      }
    } catch {
      throw .failed(target: target, cause: error.description)
    }
    let outcome: Result<(RingHandover, Int), SinkError> = shared.state.wait { state in
      switch state {
      case .opening: nil
      case .playing(let handover, let rate): .success((handover, rate))
      case .ended: .failure(.failed(target: target, cause: "ended"))
      case .failed(let cause): .failure(.failed(target: target, cause: cause))
      }
    }
    let rate: Int
    (handover, rate) = try outcome.get()
    adapter = RateAdapter(to: rate, channels: channels)
  }

  deinit { shared.cut() }

  package var interrupter: @Sendable () -> Void { { [shared] in shared.cut() } }

  package var silencer: @Sendable () -> Void { { [shared] in shared.playback.hush() } }

  package func attach(_ backlog: SinkBacklog) { shared.backlog.withLock { $0 = backlog } }

  /// Returns when the ring holds the samples.
  package func write(_ samples: [Int16], rate: Int) throws(SinkError) {
    guard !ended else { return }
    guard let converted = adapter.convert(samples, rate: rate) else {
      throw failed("cannot convert from \(rate) to \(adapter.outputRate) Hz")
    }
    try put(converted)
  }

  /// Samples that the device takes as they are, while there is room in the ring.
  package func writeAtOnce(_ samples: [Int16], rate: Int) throws(SinkError) -> Taken {
    guard !ended, adapter.passesOn(rate), samples.count <= handover.space else { return .nothing }
    try put(samples)
    return .all
  }

  /// What the conversion holds back belongs to this turn.
  package func endTurn() throws(SinkError) { try put(adapter.flush()) }

  package func hush() throws(SinkError) {
    _ = adapter.flush()
    shared.playback.hushes.answer(freshFrom: handover.end)
    shared.playback.wake.signal()
  }

  package func finish() throws(SinkError) {
    guard !ended else { return }
    try put(adapter.flush())
    ended = true
    shared.isFinished.store(true, ordering: .releasing)
    shared.playback.wake.signal()
    try waitForEnd()
  }

  package func cut() throws(SinkError) {
    guard !ended else { return }
    ended = true
    shared.cut()
    try waitForEnd()
  }

  private func put(_ samples: [Int16]) throws(SinkError) {
    var rest = samples[...]
    while !rest.isEmpty, !shared.isCut.load(ordering: .acquiring) {
      rest = rest.dropFirst(handover.write(rest))
      if !rest.isEmpty {
        try checkPlaying()
        handover.waitForRoom()
      }
    }
    try checkPlaying()
  }

  private func checkPlaying() throws(SinkError) {
    let cause: String? = shared.state.withLock { state in
      if case .failed(let cause) = state { cause } else { nil }
    }
    if let cause {
      ended = true
      throw failed(cause)
    }
  }

  private func waitForEnd() throws(SinkError) {
    let cause: String?? = shared.state.wait { state in
      switch state {
      case .opening, .playing: nil
      case .ended: .some(nil)
      case .failed(let cause): .some(cause)
      }
    }
    if case .some(.some(let cause)) = cause { throw failed(cause) }
  }

  private func failed(_ cause: String) -> SinkError { .failed(target: target, cause: cause) }

  // MARK: The player's thread

  private static func run(
    _ shared: Shared, channels: Int, _ open: () -> Result<any PlaybackDevice, SinkError>,
    _ substitute: Opener?
  ) {
    let device: any PlaybackDevice
    switch open() {
    case .success(let opened): device = opened
    case .failure(let error): return shared.state.change { $0 = .failed(error.cause) }
    }
    let (rate, playback) = (device.rate, shared.playback)
    let ring = SampleRing(capacity: rate * ringSeconds, channels: channels)
    let pump = PlaybackPump(
      device: device, ring: ring, playback: playback, feed: { feed(shared, rate: rate) },
      substitute: substitute.map { open in { open(rate) } })
    let handover = RingHandover(ring, player: playback.wake, feeder: shared.space)
    shared.state.change { $0 = .playing(handover, rate: rate) }
    defer { shared.space.signal() }
    while true {
      let end = ring.end
      playback.holdUnlessPermitted()
      let next = pump.step(at: .now)
      handover.tellRoom()
      switch next {
      case .wait(let time): handover.sleep(time, seen: end)
      case .waitOut(let time): handover.sleep(time, seen: nil)
      case .rest: handover.sleep(nil, seen: end)
      case .ended: return shared.state.change { $0 = .ended }
      case .failed(let cause): return shared.state.change { $0 = .failed(cause) }
      }
    }
  }

  private static func feed(_ shared: Shared, rate: Int) -> PlaybackPump.Feed {
    let backlog = shared.backlog.withLock { $0 }
    return PlaybackPump.Feed(
      upstream: Int((backlog?.seconds ?? 0) * Double(rate)),
      turnIsComplete: backlog?.turnIsComplete ?? false,
      isFinished: shared.isFinished.load(ordering: .acquiring),
      isCut: shared.isCut.load(ordering: .acquiring))
  }
}

extension SinkError {
  fileprivate var cause: String {
    switch self {
    case .cannotCreate(_, let obstacle): obstacle.description
    case .failed(_, let cause): cause
    case .readerGone: "the reader left"
    }
  }
}
