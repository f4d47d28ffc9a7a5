import Synchronization

/// Ends waits early: any thread may raise it once; a wait under way then returns, and whoever waits looks
/// whether it was raised.
final class Interrupt: Sendable {
  private let raised = Atomic(false)
  private let wake = Wake()

  var isRaised: Bool { raised.load(ordering: .acquiring) }

  func raise() {
    if !raised.exchange(true, ordering: .acquiringAndReleasing) { wake.signal() }
  }

  /// Waits until bytes can be written, the other end is gone, time is up or the interrupt is raised. Once
  /// raised it ends one wait and leaves the later ones alone, which may want a last chance.
  ///
  /// - Parameters:
  ///   - descriptor: −1 to wait for time and interrupt alone.
  ///   - time: nil for as long as it takes.
  func wait(_ time: Duration?, untilWritable descriptor: CInt = -1) {
    wake.wait(time, untilWritable: descriptor)
  }
}
