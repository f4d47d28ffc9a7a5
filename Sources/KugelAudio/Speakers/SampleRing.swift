import Synchronization

/// Samples on their way from one thread to one other, without a lock and without allocating.
///
/// Positions count all samples ever written. The reader keeps its own position and may go back as far as
/// it has not released.
@safe final class SampleRing: @unchecked Sendable {
  // Unchecked because both threads reach the memory: the writer only ever touches positions from
  // `written` on that are less than `capacity` ahead of `released`, the reader only those in between.
  private let memory: UnsafeMutableBufferPointer<Int16>
  private let written = Atomic(0)
  private let released = Atomic(0)

  /// - Parameter capacity: samples; rounded up to a power of two.
  init(capacity: Int) {
    var size = 1
    while size < capacity { size *= 2 }
    unsafe memory = .allocate(capacity: size)
  }

  deinit { unsafe memory.deallocate() }

  var capacity: Int { unsafe memory.count }

  /// The position behind the last sample written.
  var end: Int { written.load(ordering: .acquiring) }

  /// For the writing thread: samples that fit now.
  var space: Int {
    capacity - (written.load(ordering: .relaxed) - released.load(ordering: .acquiring))
  }

  /// For the writing thread.
  ///
  /// - Returns: how many of the samples, from the first on, found room.
  func write(_ samples: ArraySlice<Int16>) -> Int {
    let start = written.load(ordering: .relaxed)
    let count = min(samples.count, space)
    guard count > 0 else { return 0 }
    unsafe samples.withUnsafeBufferPointer { source in
      let offset = start & (capacity - 1)
      let first = min(count, capacity - offset)
      unsafe (memory.baseAddress! + offset).update(from: source.baseAddress!, count: first)
      unsafe memory.baseAddress!.update(from: source.baseAddress! + first, count: count - first)
    }
    written.store(start + count, ordering: .releasing)
    return count
  }

  /// For the reading thread: copies samples into the front of `block`.
  ///
  /// - Precondition: they lie between what was released and `end`, and fit into the block.
  func copy(from position: Int, count: Int, into block: inout [Int16]) {
    unsafe block.withUnsafeMutableBufferPointer { target in
      let offset = position & (capacity - 1)
      let first = min(count, capacity - offset)
      unsafe target.baseAddress!.update(from: memory.baseAddress! + offset, count: first)
      unsafe (target.baseAddress! + first).update(from: memory.baseAddress!, count: count - first)
    }
  }

  /// For the reading thread: samples before `position` are not asked for again.
  func release(before position: Int) {
    if position > released.load(ordering: .relaxed) {
      released.store(position, ordering: .releasing)
    }
  }
}
