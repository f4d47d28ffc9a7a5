import Glibc

/// Why a file could not be read.
package struct FileError: Error, Equatable {
  package let code: CInt

  /// There is no such file.
  package var isAbsence: Bool { code == ENOENT || code == ENOTDIR }
}

/// The bytes of a file of at most 1 MiB, as configurations and keys are.
package func readSmallFile(_ path: String) -> Result<[UInt8], FileError> {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return .failure(FileError(code: errno)) }
  defer { close(descriptor) }
  return readSmallFile(from: descriptor)
}

/// What is left to read of a descriptor.
package func readSmallFile(from descriptor: CInt) -> Result<[UInt8], FileError> {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while bytes.count <= 1 << 20 {
    let count = unsafe buffer.withUnsafeMutableBytes { room in
      unsafe read(descriptor, room.baseAddress, room.count)
    }
    if count == 0 { return .success(bytes) }
    if count > 0 {
      bytes += buffer[..<count]
    } else if errno != EINTR {
      return .failure(FileError(code: errno))
    }
  }
  return .failure(FileError(code: EFBIG))
}
