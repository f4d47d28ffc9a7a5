import Glibc
import KugelSystem

/// What a process is doing, as `/proc` tells.
enum ProcessState: Equatable {
  case running, suspended, gone

  init(of process: pid_t) {
    guard let bytes = try? SmallFile.read("/proc/\(process)/stat") else {
      // Without /proc nothing is known, and whoever is not known is at work.
      self = kill(process, 0) == 0 || errno != ESRCH ? .running : .gone
      return
    }
    // The state follows the name, which may hold anything, in brackets.
    let behind = bytes.lastIndex(of: UInt8(ascii: ")")).map { bytes.dropFirst($0 + 2) }
    switch behind?.first {
    case UInt8(ascii: "T"), UInt8(ascii: "t"): self = .suspended
    case UInt8(ascii: "Z"), UInt8(ascii: "X"): self = .gone
    default: self = .running
    }
  }

  /// Whether there is no sense in waiting for it.
  var isIdle: Bool { self != .running }
}
