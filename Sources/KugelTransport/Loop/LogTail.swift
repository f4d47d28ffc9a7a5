import CWebSockets
import Glibc
import Synchronization

/// Silences libwebsockets, and keeps the last error line of each thread: for some TLS failures it
/// is the only place that names the cause.
enum LogTail {
  private static let lines = Mutex<[UInt: String]>([:])

  private static let installed: Void = unsafe lws_set_log_level(CInt(LLL_ERR), keepLine)

  static func install() { installed }

  /// The last error line of this thread since it was asked last.
  static func take() -> String? {
    lines.withLock { $0.removeValue(forKey: UInt(pthread_self())) }
  }

  static func keep(_ line: String) {
    lines.withLock { $0[UInt(pthread_self())] = line }
  }
}

private func keepLine(level: CInt, line: UnsafePointer<CChar>?) {
  guard let line = unsafe line else { return }
  LogTail.keep(trimmed(String(unsafe String(cString: line).prefix { $0 != "\n" })))
}
