/// Bytes that were read and wait. Those that were used in the end are passed by, not moved away: reading
/// stops and goes on many times within one piece.
struct UnreadBytes {
  private var bytes: [UInt8] = []
  private var used = 0

  var isEmpty: Bool { used == bytes.count }

  mutating func append(contentsOf more: some Sequence<UInt8>) {
    bytes.append(contentsOf: more)
  }

  /// The first `count` are done with; `later` follows them.
  mutating func use(_ count: Int, before later: UnreadBytes) {
    used += count
    if isEmpty {
      self = later
    } else if !later.isEmpty {
      bytes.append(contentsOf: later.bytes[later.used...])
    }
  }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    unsafe bytes.withUnsafeBytes { unsafe body(UnsafeRawBufferPointer(rebasing: $0[used...])) }
  }
}
