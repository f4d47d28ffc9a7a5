import Synchronization

/// Sound on its way from the feeding thread to the one that plays, and who of them sleeps for the other.
///
/// To wake a thread costs more than to play what it was woken for. So neither is woken for what would
/// change nothing: the feeder not for a little room, the player not for sound while its device is full.
final class RingHandover: Sendable {
  private let ring: SampleRing
  private let player: Wake
  private let feeder: Wake
  /// Whether more sound would change what the player does.
  private let playerHeedsSound = Atomic(true)
  /// Frames of room for which the feeder sleeps; 0 while it does not.
  private let roomAwaited = Atomic(0)

  /// - Parameters:
  ///   - player: ends the player's sleep; others may signal it too.
  ///   - feeder: as much for the feeder's.
  init(_ ring: SampleRing, player: Wake, feeder: Wake) {
    self.ring = ring
    self.player = player
    self.feeder = feeder
  }

  // MARK: The feeding thread

  /// The position behind the last frame written.
  var end: Int { ring.end }

  /// Samples for which there is room.
  var space: Int { ring.space * ring.channels }

  /// - Parameter samples: whole frames.
  /// - Returns: how many of the samples, from the first on, found room.
  func write(_ samples: ArraySlice<Int16>) -> Int {
    let count = ring.write(samples)
    guard count > 0 else { return 0 }
    // Either the player sees this sound before it sleeps, or its sleep is seen here.
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if playerHeedsSound.load(ordering: .relaxed) { player.signal() }
    return count
  }

  /// Returns when half of the ring is free or the feeder has news; now and then for nothing.
  ///
  /// The other half goes on being heard until the feeder runs.
  func waitForRoom() {
    let wanted = max(1, ring.capacity / 2)
    roomAwaited.store(wanted, ordering: .relaxed)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if ring.space < wanted { feeder.wait(nil) }
    roomAwaited.store(0, ordering: .relaxed)
  }

  // MARK: The playing thread

  /// Tells a feeder that sleeps if there is enough room for it.
  func tellRoom() {
    // Either the feeder sees the room before it sleeps, or its sleep is seen here.
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    let wanted = roomAwaited.load(ordering: .relaxed)
    if wanted > 0 && ring.space >= wanted { feeder.signal() }
  }

  /// Sleeps until there are news, or for a time.
  ///
  /// - Parameters:
  ///   - time: nil is without limit.
  ///   - seen: the ring's end when it was decided to sleep: more sound than that is news. nil when sound
  ///     that comes is none.
  func sleep(_ time: Duration?, seen: Int?) {
    playerHeedsSound.store(seen != nil, ordering: .relaxed)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if let seen, ring.end != seen { return }
    player.wait(time)
  }
}
