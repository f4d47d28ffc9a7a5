import KugelClient
import KugelJobs
import KugelNarration
import KugelScreen
import KugelSystem

/// How far narrating is: a line on a terminal that is rewritten and erased.
struct NarrationProgress {
  private let host: Host
  private let isShown: Bool
  private let total: Int
  /// What becomes of the sound.
  private let verb: String
  private let characters: Int
  private let begun = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?
  private(set) var items = 0
  /// Of sound that was made.
  private(set) var seconds = 0.0
  private var done = 0

  /// - Parameters:
  ///   - total: items to be made.
  ///   - characters: of them.
  init(
    total: Int, characters: Int, _ request: RunRequest, verb: String = "made", in host: Host
  ) {
    self.host = host
    self.verb = verb
    self.total = total
    self.characters = characters
    isShown =
      switch request.progress {
      case .always: true
      case .never: false
      case .auto: request.verbosity != .quiet && host.isTerminal(host.standardError)
      }
  }

  mutating func spoke(seconds: Double, characters: Int) {
    self.seconds += seconds
    done += characters
  }

  mutating func ended() { items += 1 }

  /// - Parameter width: columns.
  func line(width: Int, at now: ContinuousClock.Instant) -> String {
    let elapsed = (now - begun) / .seconds(1)
    let share = characters == 0 ? 0 : min(1, Double(done) / Double(characters))
    let full = Int(share * 20)
    var parts = [
      "[" + String(repeating: "#", count: full) + String(repeating: ".", count: 20 - full) + "]",
      "\(items) of \(total) items", "\(StatusLine.clock(seconds)) \(verb)",
    ]
    if elapsed > 0.5 { parts.append("\(StatusLine.tenths(seconds / elapsed))× real time") }
    if elapsed > 2, share > 0.01 {
      parts.append("\(StatusLine.clock(elapsed / share * (1 - share))) left")
    }
    while parts.count > 1, parts.joined(separator: "  ").count >= width { parts.removeLast() }
    return String(parts.joined(separator: "  ").prefix(max(0, width - 1)))
  }

  mutating func show(at now: ContinuousClock.Instant = .now) {
    guard isShown else { return }
    if let lastShown, now - lastShown < .milliseconds(100) { return }
    lastShown = now
    let width = TerminalSize.columns(of: host.standardError) ?? 80
    try? Descriptor.writeAll(
      "\r\u{1B}[K" + line(width: width, at: now), to: host.standardError)
  }

  /// Takes the line away, before something else is told.
  mutating func hide() {
    guard lastShown != nil else { return }
    lastShown = nil
    try? Descriptor.writeAll("\r\u{1B}[K", to: host.standardError)
  }
}
