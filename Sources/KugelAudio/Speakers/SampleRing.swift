import Synchronization

/// Frames on their way from one thread to one other, without a lock and without allocating.
///
/// Positions count all frames ever written. The reader keeps its own position and may go back as far as
/// it has not released.
@safe final class SampleRing: @unchecked Sendable {
  // Unchecked because both threads reach the memory: the writer only ever touches positions from
  // `written` on that are less than `capacity` ahead of `released`, the reader only those in between.
  private let memory: UnsafeMutableBufferPointer<Int16>
  /// Interleaved in what is written and copied.
  let channels: Int
  private let written = Atomic(0)
  private let released = Atomic(0)

  /// - Parameter capacity: frames; rounded up to a power of two.
  init(capacity: Int, channels: Int = 1) {
    var size = 1
    while size < capacity { size *= 2 }
    self.capacity = size
    self.channels = channels
    unsafe memory = .allocate(capacity: size * channels)
  }

  deinit { unsafe memory.deallocate() }

  let capacity: Int

  /// The position behind the last frame written.
  var end: Int { written.load(ordering: .acquiring) }

  /// For the writing thread: frames that fit now.
  var space: Int {
    capacity - (written.load(ordering: .relaxed) - released.load(ordering: .acquiring))
  }

  /// For the writing thread.
  ///
  /// - Parameter samples: whole frames.
  /// - Returns: how many of the samples, from the first on, found room.
  func write(_ samples: ArraySlice<Int16>) -> Int {
    let start = written.load(ordering: .relaxed)
    let count = min(samples.count / channels, space)
    guard count > 0 else { return 0 }
    unsafe samples.withUnsafeBufferPointer { source in
      let offset = start & (capacity - 1)
      let first = min(count, capacity - offset) * channels
      unsafe (memory.baseAddress! + offset * channels).update(
        from: source.baseAddress!, count: first)
      unsafe memory.baseAddress!.update(
        from: source.baseAddress! + first, count: count * channels - first)
    }
    written.store(start + count, ordering: .releasing)
    return count * channels
  }

  /// For the reading thread: copies frames into the front of `block`.
  ///
  /// - Precondition: they lie between what was released and `end`, and fit into the block.
  func copy(from position: Int, count: Int, into block: inout [Int16]) {
    unsafe block.withUnsafeMutableBufferPointer { target in
      let offset = position & (capacity - 1)
      let first = min(count, capacity - offset) * channels
      unsafe target.baseAddress!.update(from: memory.baseAddress! + offset * channels, count: first)
      unsafe (target.baseAddress! + first).update(
        from: memory.baseAddress!, count: count * channels - first)
    }
  }

  /// For the reading thread: frames where they lie, as many of them as lie in a row.
  ///
  /// - Precondition: they lie between what was released and `end`.
  func withFrames<Result>(
    from position: Int, count: Int, _ body: (UnsafeBufferPointer<Int16>) -> Result
  ) -> Result {
    let offset = position & (capacity - 1)
    let first = min(count, capacity - offset) * channels
    return unsafe body(
      UnsafeBufferPointer(start: memory.baseAddress! + offset * channels, count: first))
  }

  /// For the reading thread: frames before `position` are not asked for again.
  func release(before position: Int) {
    if position > released.load(ordering: .relaxed) {
      released.store(position, ordering: .releasing)
    }
  }
}
