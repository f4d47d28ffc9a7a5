import Glibc

/// A pipe, socket or device that bytes go into, whole and in order, however slowly the reader takes them.
@safe final class OutputDescriptor {
  enum Trouble: Error, Equatable {
    case system(SystemError)
    /// The interrupt was raised, and the reader took nothing for `patience` since.
    case interrupted
  }

  /// Where the descriptor comes from.
  enum Source {
    /// Open already, and left open.
    case descriptor(CInt)
    /// Opened by the first write; a named pipe waits for its reader then.
    case path(String)
  }

  /// What a reader gets after an interrupt to take what is under way.
  static let patience = Duration.milliseconds(250)

  private enum Call { case write, send }

  private let interrupt: Interrupt
  private let source: Source
  private var descriptor: CInt = -1
  private var owned = false
  private var call = Call.write
  private var deadline: ContinuousClock.Instant?

  init(_ source: Source, interrupt: Interrupt) {
    self.source = source
    self.interrupt = interrupt
  }

  deinit { close() }

  /// Lets go of what was opened here, so that the reader sees the end.
  func close() {
    if owned { Glibc.close(descriptor) }
    (descriptor, owned) = (-1, false)
  }

  /// Opens what is not open yet.
  ///
  /// - Returns: the descriptor.
  @discardableResult
  func open() throws(Trouble) -> CInt {
    guard descriptor < 0 else { return descriptor }
    switch source {
    case .descriptor(let given): adopt(given)
    case .path(let path): try open(path)
    }
    return descriptor
  }

  func write(_ bytes: [UInt8]) throws(Trouble) {
    try open()
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = put(rest)
      if count >= 0 {
        rest = rest.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR: break
      case EAGAIN: try waitForReader()
      default: throw .system(.latest)
      }
    }
  }

  private func put(_ bytes: ArraySlice<UInt8>) -> Int {
    unsafe bytes.withUnsafeBytes { buffer in
      switch call {
      case .write: unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      case .send:
        unsafe Glibc.send(
          descriptor, buffer.baseAddress, buffer.count, CInt(MSG_DONTWAIT | MSG_NOSIGNAL))
      }
    }
  }

  /// A write into a full pipe must not wait where an interrupt cannot reach it. Non-blocking mode belongs
  /// to the open pipe, which other processes share, so it is set on one of our own.
  private func adopt(_ given: CInt) {
    descriptor = given
    var status = stat()
    guard unsafe fstat(given, &status) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFIFO:
      let own = unsafe Glibc.open("/proc/self/fd/\(given)", O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      if own >= 0 { (descriptor, owned) = (own, true) }
    case S_IFSOCK: call = .send
    default: break
    }
  }

  private func open(_ path: String) throws(Trouble) {
    while true {
      let opened = unsafe Glibc.open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      if opened >= 0 {
        (descriptor, owned) = (opened, true)
        return
      }
      switch errno {
      case EINTR: break
      // A named pipe nobody reads yet; the system has nothing to wait on for that.
      case ENXIO where isFIFO(path):
        if interrupt.isRaised { throw .interrupted }
        interrupt.wait(.milliseconds(20))
      default: throw .system(.latest)
      }
    }
  }

  private func isFIFO(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  private func waitForReader() throws(Trouble) {
    guard interrupt.isRaised else {
      return interrupt.wait(nil, untilWritable: descriptor)
    }
    let now = ContinuousClock.now
    let end = deadline ?? now + Self.patience
    deadline = end
    guard now < end else { throw .interrupted }
    interrupt.wait(Self.patience, untilWritable: descriptor)
  }
}
