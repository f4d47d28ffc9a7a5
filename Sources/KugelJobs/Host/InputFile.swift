import Glibc
import KugelSystem

extension Host {
  /// Opens a text to read.
  ///
  /// - Returns: a descriptor for the caller to close; that of standard input for `-`, which stays open.
  /// - Throws: 66, naming the input: absent, a directory, no permission.
  package func openInput(_ path: String) throws(UserError) -> CInt {
    if path == "-" { return standardInput }
    do throws(SystemError) {
      if try FileStatus(of: path).kind == .pipe { tellOfPipe(path) }
      let descriptor = try Interruption.reading { () throws(SystemError) in
        try Descriptor.open(path, O_RDONLY)
      }
      guard try FileStatus(of: descriptor).kind != .directory else {
        close(descriptor)
        throw SystemError(code: EISDIR)
      }
      return descriptor
    } catch {
      throw .unreadable(path, cause: error.cause)
    }
  }

  /// Opens a file to write; where that waits for a reader, it is said.
  func createFile(_ path: String) throws(SystemError) -> CInt {
    var isTold = false
    return try PatientFile.create(path) { _ in
      if !isTold { tell("kugel: waiting for somebody to read from the pipe \(path)") }
      isTold = true
      Interruption.leaveIfAsked()
    }
  }

  /// Opening a pipe waits for whoever writes into it; where nobody does yet, that is said.
  private func tellOfPipe(_ path: String) {
    guard let descriptor = try? Descriptor.open(path, O_RDONLY | O_NONBLOCK) else { return }
    defer { close(descriptor) }
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, 0) == 0,
      let nothing = try? Descriptor.readWhatIsThere(descriptor), nothing.isEmpty
    else { return }
    tell("kugel: waiting for somebody to write into the pipe \(path)")
  }
}
