import CBase64

/// Strict base64 (RFC 4648, section 4); its C body is ours and does no I/O.
package enum Base64 {
  /// Nil when `text` is not base64; unused bits before padding are not looked at.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    let text = Array(text)
    var written: Int?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: text.count / 4 * 3) { room, count in
      written = unsafe text.withUnsafeBufferPointer {
        unsafe decode($0, to: UnsafeMutableRawBufferPointer(room))
      }
      count = written ?? 0
    }
    return written == nil ? nil : bytes
  }

  package static func encode(_ bytes: [UInt8]) -> String {
    unsafe String(unsafeUninitializedCapacity: encodedCount(bytes.count)) { room in
      unsafe bytes.withUnsafeBytes { unsafe encode($0, to: UnsafeMutableRawBufferPointer(room)) }
    }
  }

  /// Characters that `count` bytes become, padding included.
  package static func encodedCount(_ count: Int) -> Int { (count + 2) / 3 * 4 }

  /// Decodes into `target`, which must hold `source.count / 4 * 3` bytes. Returns the bytes written,
  /// nil when `source` is not base64.
  static func decode(
    _ source: UnsafeBufferPointer<UInt8>, to target: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard let from = source.baseAddress, !source.isEmpty else { return 0 }
    guard source.count.isMultiple(of: 4), let to = target.baseAddress else { return nil }
    precondition(target.count >= source.count / 4 * 3)
    let count = unsafe kugel_base64_decode(
      from, source.count, to.assumingMemoryBound(to: UInt8.self))
    return count < 0 ? nil : count
  }

  /// Encodes into `target`, which must hold `encodedCount(source.count)` bytes. Returns that count.
  @discardableResult
  static func encode(
    _ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
  ) -> Int {
    guard let from = source.baseAddress, let to = target.baseAddress, unsafe !source.isEmpty
    else { return 0 }
    precondition(target.count >= encodedCount(source.count))
    unsafe kugel_base64_encode(
      from.assumingMemoryBound(to: UInt8.self), source.count,
      to.assumingMemoryBound(to: UInt8.self))
    return encodedCount(source.count)
  }
}
