import Glibc

/// A file in memory, read when its pages are looked at; unmapped with this.
@safe package final class FileMapping: @unchecked Sendable {
  // Unchecked because of the pointer: what it points to is never written.
  package let bytes: UnsafeRawBufferPointer

  /// - Throws: when it cannot be read, or is empty (`EINVAL`).
  package init(_ path: String) throws(SystemError) {
    let descriptor = try Descriptor.open(path, O_RDONLY)
    defer { close(descriptor) }
    let size = try FileStatus(of: descriptor).size
    let start = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else { throw .latest }
    unsafe bytes = UnsafeRawBufferPointer(start: start, count: size)
  }

  deinit { unsafe munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
