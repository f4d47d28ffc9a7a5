import CSndfile
import Glibc
import KugelSystem

/// The file as whoever writes it sees it, libsndfile among them.
///
/// Under a failed write the file shrinks back to the last whole unit and then refuses to grow, while what
/// is there can still be overwritten: so the header can be brought up to date on a full disk.
@safe final class VirtualFile {
  /// What a failed write may leave behind.
  enum Unit {
    /// Whole frames of so many bytes, an even number in all as RIFF asks.
    case frames(Int)
    /// All of a write or nothing: a frame of an encoder.
    case writes
  }

  let descriptor: CInt
  /// Bytes.
  private(set) var length = 0
  /// The first write that failed.
  private(set) var failure: SystemError?

  private var position = 0
  private let unit: Unit
  private let room: Int

  /// - Parameters:
  ///   - descriptor: of an empty regular file open for reading and writing; stays the caller's.
  ///   - room: bytes after which the disk counts as full.
  init(descriptor: CInt, unit: Unit, room: Int) {
    self.descriptor = descriptor
    self.unit = unit
    self.room = room
  }

  /// - Returns: bytes read; 0 at the end and on errors.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    (try? unsafe Descriptor.read(descriptor, into: buffer, at: offset)) ?? 0
  }

  /// - Returns: how many of the bytes the file has taken.
  func append(_ bytes: UnsafeRawBufferPointer) -> Int {
    position = length
    return unsafe write(bytes)
  }

  /// Puts bytes in the place of the first ones.
  func overwrite(with bytes: UnsafeRawBufferPointer) {
    position = 0
    _ = unsafe write(bytes)
  }

  fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = unsafe read(into: buffer, at: position)
    position += count
    return count
  }

  fileprivate func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    let grows = position + bytes.count > length
    guard failure == nil || !grows else { return 0 }
    let start = position
    while position - start < bytes.count {
      do throws(SystemError) {
        position += try unsafe put(UnsafeRawBufferPointer(rebasing: bytes[(position - start)...]))
      } catch {
        failure = failure ?? error
        if grows { shrink(toWholeUnitAfter: start) }
        return position - start
      }
    }
    length = max(length, position)
    return bytes.count
  }

  private func put(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    let fitting = unsafe UnsafeRawBufferPointer(rebasing: bytes.prefix(max(0, room - position)))
    let count = try unsafe Descriptor.write(fitting, to: descriptor, at: position)
    guard count > 0 else { throw SystemError(code: ENOSPC) }
    return count
  }

  private func shrink(toWholeUnitAfter start: Int) {
    switch unit {
    case .frames(let size): position = max(start, position - position % size)
    case .writes: position = start
    }
    length = max(length, position)
    ftruncate(descriptor, off_t(length))
  }

  fileprivate func seek(_ offset: Int, from origin: CInt) -> Int {
    switch origin {
    case SEEK_SET: position = offset
    case SEEK_CUR: position += offset
    default: position = length + offset
    }
    return position
  }

  fileprivate func tell() -> Int { position }
}

extension VirtualFile {
  static var operations: SF_VIRTUAL_IO {
    unsafe SF_VIRTUAL_IO(
      get_filelen: { context in sf_count_t(unsafe virtualFile(context).length) },
      seek: { offset, origin, context in
        sf_count_t(unsafe virtualFile(context).seek(Int(offset), from: origin))
      },
      read: { buffer, count, context in
        let bytes = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
        return sf_count_t(unsafe virtualFile(context).read(into: bytes))
      },
      write: { buffer, count, context in
        let bytes = unsafe UnsafeRawBufferPointer(start: buffer, count: Int(count))
        return sf_count_t(unsafe virtualFile(context).write(bytes))
      },
      tell: { context in sf_count_t(unsafe virtualFile(context).tell()) })
  }

  /// Unretained: who opened the file for libsndfile keeps it alive as long.
  var context: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }
}

private func virtualFile(_ context: UnsafeMutableRawPointer?) -> VirtualFile {
  // libsndfile hands back the pointer it was opened with.
  unsafe Unmanaged<VirtualFile>.fromOpaque(context.unsafelyUnwrapped).takeUnretainedValue()
}
