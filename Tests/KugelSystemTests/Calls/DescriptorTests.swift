import Glibc
import KugelSystem
import Testing

@Suite struct DescriptorTests {
  private func pipe(nonBlocking end: Int) -> (read: CInt, write: CInt) {
    var ends: [CInt] = [-1, -1]
    _ = unsafe Glibc.pipe(&ends)
    _ = fcntl(ends[end], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }

  private let text = String(repeating: "0123456789", count: 50_000)

  @Test func `a non-blocking pipe with a slow reader takes everything, in order`() throws {
    let ends = pipe(nonBlocking: 1)
    let text = text
    let writer = try Thread(name: "writer") {
      try? Descriptor.writeAll(text, to: ends.write)
      close(ends.write)
    }
    var read: [UInt8] = []
    while let piece = try Descriptor.readPiece(ends.read) {
      read += piece
      usleep(500)
    }
    writer.join()
    close(ends.read)
    #expect(read == Array(text.utf8))
  }

  @Test func `a non-blocking pipe with a slow writer is read to its end`() throws {
    let ends = pipe(nonBlocking: 0)
    let text = text
    let writer = try Thread(name: "writer") {
      for start in stride(from: 0, to: 5, by: 1) {
        usleep(5000)
        try? Descriptor.writeAll(
          Array(text.utf8.dropFirst(start * 100_000).prefix(100_000)), to: ends.write)
      }
      close(ends.write)
    }
    #expect(try Descriptor.readToEnd(ends.read) == Array(text.utf8))
    writer.join()
    close(ends.read)
  }

  @Test func `what has not come is nil, and the end is empty`() throws {
    let ends = pipe(nonBlocking: 0)
    #expect(try Descriptor.readWhatIsThere(ends.read) == nil)
    try Descriptor.writeAll("x", to: ends.write)
    #expect(try Descriptor.readWhatIsThere(ends.read) == [0x78])
    close(ends.write)
    #expect(try Descriptor.readWhatIsThere(ends.read) == [])
    close(ends.read)
  }

  @Test func `a vanished reader, a full disk and a closed number are told`() {
    _ = signal(SIGPIPE, SIG_IGN)
    let ends = pipe(nonBlocking: 1)
    close(ends.read)
    #expect(throws: SystemError(code: EPIPE)) { try Descriptor.writeAll("x", to: ends.write) }
    close(ends.write)
    let full = unsafe open("/dev/full", O_WRONLY)
    do throws(SystemError) {
      try Descriptor.writeAll("x", to: full)
      Issue.record("there is no room")
    } catch {
      #expect(error.cause == "no space left on device")
    }
    close(full)
    #expect(throws: SystemError(code: EBADF)) { _ = try Descriptor.readToEnd(9999) }
  }
}
