import KugelClient
import KugelMeasure
import KugelSystem

/// How far the measuring is: a line on a terminal that is rewritten and erased, or with `-V` a line for
/// each phase.
package final class BenchProgress {
  private enum Style { case none, line, log }

  private let conditions: [BenchConditions]
  private let host: Host
  private let style: Style
  private var lastShown: ContinuousClock.Instant?
  private var lastPhase: String?

  package init(conditions: [BenchConditions], request: BenchRequest, host: Host) {
    self.conditions = conditions
    self.host = host
    style =
      switch request.verbosity {
      case .quiet: .none
      case .normal: host.isTerminal(host.standardError) ? .line : .none
      case .verbose, .wire: .log
      }
  }

  package func tell(_ progress: BenchPart.Progress) {
    let name = conditions[progress.measured].name
    switch style {
    case .none: break
    case .log:
      let phase = "\(name): \(progress.phase.rawValue)"
      if phase != lastPhase && progress.done == 0 {
        host.tell("kugel: \(phase), \(progress.total)")
      }
      lastPhase = phase
    case .line:
      let now = ContinuousClock.now
      if let lastShown, now - lastShown < .milliseconds(100) { return }
      lastShown = now
      try? Descriptor.writeAll(
        "\r\u{1B}[K\(name): \(progress.phase.rawValue) \(progress.done) of \(progress.total)",
        to: host.standardError)
    }
  }

  package func end() {
    if lastShown != nil { try? Descriptor.writeAll("\r\u{1B}[K", to: host.standardError) }
  }
}
