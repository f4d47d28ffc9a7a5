import CSndfile
import Glibc

/// A file in memory, as libsndfile reads it.
@safe final class MemoryFile {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  fileprivate var length: Int { bytes.count }

  fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let start = min(max(0, position), bytes.count)
    let count = min(buffer.count, bytes.count - start)
    unsafe bytes.withUnsafeBytes { all in
      unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[start..<start + count]))
    }
    position = start + count
    return count
  }

  fileprivate func seek(_ offset: Int, from origin: CInt) -> Int {
    switch origin {
    case SEEK_SET: position = offset
    case SEEK_CUR: position += offset
    default: position = bytes.count + offset
    }
    return position
  }

  fileprivate func tell() -> Int { position }

  static var operations: SF_VIRTUAL_IO {
    unsafe SF_VIRTUAL_IO(
      get_filelen: { context in sf_count_t(unsafe memoryFile(context).length) },
      seek: { offset, origin, context in
        sf_count_t(unsafe memoryFile(context).seek(Int(offset), from: origin))
      },
      read: { buffer, count, context in
        let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
        return sf_count_t(unsafe memoryFile(context).read(into: room))
      },
      write: { _, _, _ in 0 },
      tell: { context in sf_count_t(unsafe memoryFile(context).tell()) })
  }

  /// Unretained: who opened the file for libsndfile keeps it alive as long.
  var context: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }
}

private func memoryFile(_ context: UnsafeMutableRawPointer?) -> MemoryFile {
  // libsndfile hands back the pointer it was opened with.
  unsafe Unmanaged<MemoryFile>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
}
