import Glibc
import KugelSystem
import KugelWire

extension Host {
  /// A small text file, whole.
  ///
  /// - Returns: the text, and whether others than its owner may read it.
  /// - Throws: 66 when it cannot be read or is too long for what it is.
  package func readText(_ path: String) throws(UserError) -> (text: String, isOpenToOthers: Bool) {
    let descriptor = try openInput(path)
    defer { if descriptor != standardInput { close(descriptor) } }
    do throws(SystemError) {
      let bytes = try Interruption.reading { () throws(SystemError) in
        try SmallFile.read(from: descriptor)
      }
      let status = try FileStatus(of: descriptor)
      let isOpen = status.kind == .regular && status.mode & (S_IRGRP | S_IROTH) != 0
      return (String(decoding: bytes, as: UTF8.self), isOpen)
    } catch {
      throw .unreadable(path, cause: error.code == EFBIG ? "it is too long" : error.cause)
    }
  }
}
