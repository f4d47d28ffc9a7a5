import KugelSession
import KugelWire

/// The value of `--timeout`: some stages and how long each may take.
package struct Timeouts: Equatable, Sendable {
  package enum Stage: String, CaseIterable, Sendable {
    case connect, first, stall, total, cancel
  }

  /// nil is no limit.
  package private(set) var limits: [Stage: Duration?] = [:]

  package init() {}

  package init(_ text: String) throws(BadValue) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, let stage = Stage(rawValue: String(sides[0])) else {
        throw Self.bad
      }
      limits[stage] = .some(try Self.limit(sides[1]))
    }
  }

  package static let choices = Stage.allCases.map {
    Choice($0.rawValue + "=", rest: "TIME", $0.meaning)
  }

  private static let bad = BadValue(
    expected: "connect=5s,first=10s,stall=10s,total=none,cancel=5s, or some of these")

  private static func limit(_ text: Substring) throws(BadValue) -> Duration? {
    if text == "none" { return nil }
    let range = Duration.microseconds(1)...Measures.longest
    if let time = Measures.duration(text, bare: .seconds, in: range) { return time }
    throw bad
  }

  /// Those of `newer` count more.
  package mutating func merge(_ newer: Timeouts) {
    limits.merge(newer.limits) { _, new in new }
  }

  package func apply(to policy: inout SessionPolicy) {
    for (stage, limit) in limits {
      switch stage {
      case .connect: policy.connectTimeout = limit
      case .first: policy.firstTimeout = limit
      case .stall: policy.stallTimeout = limit
      case .total: policy.totalTimeout = limit
      case .cancel: policy.cancelTimeout = limit ?? Measures.longest
      }
    }
  }
}

extension Timeouts.Stage {
  fileprivate var meaning: String {
    switch self {
    case .connect: "each try to make the connection; 5s"
    case .first: "until the first sound of a complete text; 10s"
    case .stall: "silence of the service within the sound; 10s"
    case .total: "the whole run; none"
    case .cancel: "a cancelled turn to be acknowledged, before a new connection; 5s"
    }
  }
}
