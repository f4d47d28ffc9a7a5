import Glibc

/// Falling silent before the sound is over: for good, for a pause, or to go on with something else.
extension PlaybackPump {
  /// Ends the sound with a fade where the device takes back what it holds, at once where it does not.
  func fall(then: Then, at now: Duration) {
    guard track.fadeOut() else { return land(then) }
    falling = (now + .milliseconds(20), then)
  }

  func land(_ then: Then) {
    falling = nil
    track.drop()
    switch then {
    case .end: outcome = .ended
    case .hold: break
    case .goOn:
      plan.restart()
      remedy = recovery.receive(.write(-EBADFD))
    }
  }

  /// - Parameter end: of the ring, read before `fed`: what lies before it cannot be new.
  /// - Returns: nil when nothing is hushed.
  func hush(_ fed: Feed, before end: Int, at now: Duration) -> Next? {
    let asked = playback.hushes.load(ordering: .acquiring)
    if asked != hushes {
      (hushes, isDiscarding) = (asked, true)
      fall(then: .goOn, at: now)
      return .wait(.zero)
    }
    guard isDiscarding else { return nil }
    guard fed.hushes >= hushes else {
      track.pass(to: end)
      ring.release(before: end)
      return .rest
    }
    isDiscarding = false
    start = track.heard - dropped
    finishedHushes = hushes
    dropped += fed.freshFrom - track.heard
    track.leave(at: fed.freshFrom)
    return nil
  }
}
