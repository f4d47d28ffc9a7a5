import Glibc
import KugelSystem

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
  private let waiting: @Sendable () -> Void
  private var descriptor: CInt = -1
  private var owned = false
  private var call = Call.write
  private var deadline: ContinuousClock.Instant?
  /// What was taken and has not gone yet.
  private var rest: ArraySlice<UInt8> = []
  /// Whether a write that finds no room says so at once: a pipe or a socket, open.
  private(set) var neverWaits = false

  /// - Parameter waiting: called once when a named pipe has no reader yet.
  init(
    _ source: Source, interrupt: Interrupt, waiting: @escaping @Sendable () -> Void = {}
  ) {
    self.source = source
    self.waiting = waiting
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

  /// - Parameter waits: whether for a reader that is slow; else what it does not take goes with the next call.
  /// - Returns: whether all has gone.
  @discardableResult
  func write(_ bytes: [UInt8], waits: Bool = true) throws(Trouble) -> Bool {
    try open()
    var left = rest.isEmpty ? bytes[...] : rest + bytes
    rest = []
    while !left.isEmpty {
      if let count = try put(left) {
        left = left.dropFirst(count)
      } else if waits {
        try waitForReader()
      } else {
        rest = left
        return false
      }
    }
    return true
  }

  /// - Returns: bytes taken; nil when there is no room now.
  private func put(_ bytes: ArraySlice<UInt8>) throws(Trouble) -> Int? {
    do throws(SystemError) {
      return try Descriptor.once {
        unsafe bytes.withUnsafeBytes { buffer in
          switch call {
          case .write: unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
          case .send:
            unsafe Glibc.send(
              descriptor, buffer.baseAddress, buffer.count, CInt(MSG_DONTWAIT | MSG_NOSIGNAL))
          }
        }
      }
    } catch {
      throw .system(error)
    }
  }

  /// A write into a full pipe must not wait where an interrupt cannot reach it. Non-blocking mode belongs
  /// to the open pipe, which other processes share, so it is set on one of our own.
  private func adopt(_ given: CInt) {
    descriptor = given
    switch try? FileStatus(of: given).kind {
    case .pipe:
      if let own = try? Descriptor.open("/proc/self/fd/\(given)", O_WRONLY | O_NONBLOCK) {
        (descriptor, owned, neverWaits) = (own, true, true)
      }
    case .socket: (call, neverWaits) = (.send, true)
    case .regular, .directory, .device, .other, nil: break
    }
  }

  private func open(_ path: String) throws(Trouble) {
    var isTold = false
    while true {
      do throws(SystemError) {
        descriptor = try Descriptor.open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY)
        owned = true
        neverWaits = (try? FileStatus(of: descriptor).kind) == .pipe
        return
      } catch {
        // A named pipe nobody reads yet; the system has nothing to wait on for that.
        guard error.code == ENXIO, (try? FileStatus(of: path).kind) == .pipe else {
          throw .system(error)
        }
        if interrupt.isRaised { throw .interrupted }
        if !isTold { waiting() }
        isTold = true
        interrupt.wait(.milliseconds(20))
      }
    }
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
