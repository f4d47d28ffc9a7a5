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
      if try FileStatus(of: path).kind == .pipe { return try openPipe(path) }
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

  /// Opens a pipe, once, as a writer that has found a reader writes; and waits for what is written, which is said.
  private func openPipe(_ path: String) throws(SystemError) -> CInt {
    let descriptor = try Descriptor.open(path, O_RDONLY | O_NONBLOCK)
    Interruption.reading {
      guard Poller.wait(for: [descriptor], until: .now + .milliseconds(100)) == [false] else {
        return
      }
      tell("kugel: waiting for somebody to write into the pipe \(path)")
      while Poller.wait(for: [descriptor], until: nil) == [false] {}
    }
    _ = fcntl(descriptor, F_SETFL, 0)
    return descriptor
  }
}
