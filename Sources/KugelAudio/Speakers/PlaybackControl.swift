import Synchronization

/// The playing of one run as other threads see it and steer it. Made before there is a device.
package final class PlaybackControl: Sendable {
  /// How it goes.
  package struct Status: Equatable, Sendable {
    package enum Phase: Equatable, Sendable {
      /// The device is being opened, or silence is played until enough sound has come.
      case waiting
      case speaking
      case paused
      case ended
    }

    package var phase = Phase.waiting
    /// Sound that is there and not yet heard, seconds.
    package var bufferedSeconds = 0.0
    /// The cushion as it was last learned.
    package var cushion = Duration.zero
    /// Times the sound broke off within a turn.
    package var gaps = 0
    /// The device played on when the one that was asked for had gone.
    package var substitute: String?

    package init() {}
  }

  package let settings: PlaybackSettings
  package let clock = PlaybackClock()

  private let state = Mutex(Status())
  /// Seconds by which the sound was gone on in, in all; back is less.
  private let shift = Mutex(0.0)
  private let permission = Mutex<(@Sendable () -> Bool)?>(nil)
  private let paused = Atomic(false)
  /// Decibels in hundredths.
  private let level: Atomic<Int>
  private let textComplete = Atomic(false)
  let hushes = Hushes()
  /// How often silence was asked for.
  package var hushCount: Int { hushes.state.asked }
  let wake = Wake()

  /// - Parameter volume: decibels; 0 leaves the samples as they are.
  package init(settings: PlaybackSettings = PlaybackSettings(), volume: Double = 0) {
    self.settings = settings
    level = Atomic(Int((volume * 100).rounded()))
    state.withLock { $0.cushion = settings.cushion }
  }

  package var status: Status { state.withLock { $0 } }

  func update(_ change: (inout Status) -> Void) { state.withLock { change(&$0) } }

  package var isPaused: Bool { paused.load(ordering: .acquiring) }

  /// Falls silent where the sound is; nothing is lost.
  package func pause() {
    paused.store(true, ordering: .releasing)
    wake.signal()
  }

  package func resume() {
    paused.store(false, ordering: .releasing)
    wake.signal()
  }

  /// - Parameter permission: asked on the player's thread before the device is given more. Where it says no,
  ///   the sound is held as by `pause`.
  package func ask(_ permission: @escaping @Sendable () -> Bool) {
    self.permission.withLock { $0 = permission }
  }

  func holdUnlessPermitted() {
    guard !isPaused, let permission = permission.withLock({ $0 }), !permission() else { return }
    paused.store(true, ordering: .releasing)
  }

  /// The sound was gone on in by so many seconds, or back.
  package func goOn(by seconds: Double) { shift.withLock { $0 += seconds } }

  /// How far the sound is in what was received, seconds: all that was played, and gone on and back.
  package func heardSeconds(at now: ContinuousClock.Instant = .now) -> Double {
    max(0, clock.heardSeconds(at: now) + shift.withLock { $0 })
  }

  /// Decibels; takes effect with what is written next, within the device's buffer.
  package var volume: Double {
    get { Double(level.load(ordering: .acquiring)) / 100 }
    set { level.store(Int((newValue * 100).rounded()), ordering: .releasing) }
  }

  /// Whether the text of the turn is known to its end. If it is, a gap is the service's or the
  /// network's doing, not the writer's.
  package var textIsComplete: Bool {
    get { textComplete.load(ordering: .acquiring) }
    set { textComplete.store(newValue, ordering: .releasing) }
  }

  /// Silence at once. What had been given so far is dropped; what comes after is played.
  ///
  /// `SinkRunner.hush` calls it, and drops its own queue.
  func hush() {
    hushes.ask()
    wake.signal()
  }
}
