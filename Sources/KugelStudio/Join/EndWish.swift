import Synchronization

/// A signal that asks a piece of work to end, for whoever does it to look at.
final class EndWish: Sendable {
  private let struck = Atomic<CInt>(0)

  func strike(_ signal: CInt) {
    _ = struck.compareExchange(expected: 0, desired: signal, ordering: .relaxed)
  }

  /// The first that came.
  var signal: CInt? {
    let signal = struck.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }
}
