/// Bytes on their way to a socket, oldest first.
///
/// One run of memory: what is taken is forgotten lazily, so that appending stays cheap and a
/// queue that was long once does not stay so.
struct OutgoingQueue {
  private var bytes: [UInt8] = []
  private var taken = 0

  var count: Int { bytes.count - taken }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ more: some Sequence<UInt8>) {
    if taken > 0, taken >= bytes.count / 2 {
      bytes.removeFirst(taken)
      taken = 0
    }
    bytes.append(contentsOf: more)
  }

  /// Offers at most `limit` of the oldest bytes, and forgets as many as `body` says it took.
  mutating func take(atMost limit: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
    let (from, until) = (taken, min(bytes.count, taken + limit))
    let used = unsafe bytes.withUnsafeMutableBufferPointer { all in
      unsafe body(UnsafeMutableBufferPointer(rebasing: all[from..<until]))
    }
    taken += used
    if taken == bytes.count { removeAll() }
  }

  mutating func removeAll() {
    let keep = bytes.capacity <= 1 << 17
    bytes.removeAll(keepingCapacity: keep)
    taken = 0
  }
}
