import KugelJobs
import KugelSystem

/// How much of a voice has come: a line that is drawn over, on a terminal only.
struct TransferLine {
  private let name: String
  private let total: Int
  private let host: Host
  private let isShown: Bool
  private var lastShown: ContinuousClock.Instant?

  init(_ name: String, total: Int, in host: Host) {
    self.name = name
    self.total = max(1, total)
    self.host = host
    isShown = host.isTerminal(host.standardError)
  }

  mutating func show(_ bytes: Int) {
    let now = ContinuousClock.now
    guard isShown, lastShown.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
    lastShown = now
    let width = 30
    let full = min(width, bytes * width / total)
    let bar = String(repeating: "#", count: full) + String(repeating: "-", count: width - full)
    try? Descriptor.writeAll(
      "\r\u{1B}[K\(name) [\(bar)] \(bytes * 100 / total) %, \(bytes / 1_000_000) MB",
      to: host.standardError)
  }

  func end() {
    if lastShown != nil { try? Descriptor.writeAll("\r\u{1B}[K", to: host.standardError) }
  }
}
