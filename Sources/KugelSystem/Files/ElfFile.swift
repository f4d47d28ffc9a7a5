import Glibc

/// What the head of a program or library says of its length.
///
/// Source: System V Application Binary Interface, chapters 4 and 5.
package enum ElfFile {
  /// Bytes of the head of a 64-bit file, and of one of its parts.
  private static let (headLength, partLength) = (64, 56)
  private static let loaded: UInt32 = 1

  /// Whether a part that would be loaded lies behind the end of the file: the loader maps such a part, and
  /// whoever looks at it is ended by the system.
  ///
  /// - Returns: false also for what is no such file; the loader says that.
  package static func isCut(_ path: String) -> Bool {
    guard let descriptor = try? Descriptor.open(path, O_RDONLY) else { return false }
    defer { close(descriptor) }
    guard let status = try? FileStatus(of: descriptor), status.kind == .regular else {
      return false
    }
    let head = bytes(of: descriptor, at: 0, count: headLength)
    // 64 bits, the lower byte first.
    guard head.count == headLength, head.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) else {
      return false
    }
    let (place, count) = (number(head, 32, 8), Int(number(head, 56, 2)))
    guard number(head, 54, 2) == partLength, place <= UInt64(status.size) else { return true }
    let parts = bytes(of: descriptor, at: Int(place), count: count * partLength)
    guard parts.count == count * partLength else { return true }
    return (0..<count).contains { index in
      let part = Array(parts[index * partLength..<(index + 1) * partLength])
      guard UInt32(number(part, 0, 4)) == loaded else { return false }
      let (end, overflows) = number(part, 8, 8).addingReportingOverflow(number(part, 32, 8))
      return overflows || end > UInt64(status.size)
    }
  }

  private static func bytes(of descriptor: CInt, at place: Int, count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
      length = max(0, unsafe pread(descriptor, buffer.baseAddress, count, off_t(place)))
    }
  }

  private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> UInt64 {
    bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
