import Glibc
import KugelWire

extension Host {
  /// A small text file, whole.
  ///
  /// - Returns: the text, and whether others than its owner may read it.
  /// - Throws: 66 when it cannot be read or is too long for what it is.
  package func readText(_ path: String) throws(UserError) -> (text: String, isOpenToOthers: Bool) {
    let descriptor = try openInput(path)
    defer { if descriptor != standardInput { close(descriptor) } }
    var status = stat()
    let isKnown = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path, cause: systemMessage(errno)) }
      if count == 0 { break }
      bytes += piece[..<count]
      guard bytes.count <= 1 << 20 else { throw .unreadable(path, cause: "it is too long") }
    }
    let isOpen = isKnown && status.st_mode & (S_IRGRP | S_IROTH) != 0
    return (String(decoding: bytes, as: UTF8.self), isOpen)
  }
}
