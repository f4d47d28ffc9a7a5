import Glibc

/// A thread of the operating system running one piece of work.
package final class Thread: Sendable {
  private let ended = Monitor(false)

  /// Starts the work at once.
  ///
  /// - Parameter name: what debuggers and `top` show; the system keeps the first 15 bytes.
  /// - Throws: when the system has no thread to give.
  package init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let ended = ended
    let work = unsafe Unmanaged.passRetained(
      Work(name: String(decoding: name.utf8.prefix(15), as: UTF8.self)) {
        body()
        ended.change { $0 = true }
      })
    var identity = pthread_t()
    let code = unsafe pthread_create(&identity, nil, runWork, work.toOpaque())
    guard code == 0 else {
      unsafe work.release()
      throw SystemError(code: code, call: "cannot start a thread")
    }
    pthread_detach(identity)
  }

  /// Returns when the work has ended; any number of threads may wait.
  package func join() { ended.wait { $0 ? () : nil } }
}

private final class Work: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  let work = unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
  nameThisThread(work.name)
  work.body()
  return nil
}

/// Through the file, because Swift does not see `pthread_setname_np`; without `/proc` there is no name.
private func nameThisThread(_ name: String) {
  let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  _ = unsafe name.withCString { text in unsafe write(file, text, strlen(text)) }
  close(file)
}
