import KugelSession
import KugelSystem

@testable import KugelClient

/// Keeps what it hears where others can wait for it.
final class Ear: RunListener, Sendable {
  let happened = Monitor<[Happening]>([])

  func hear(_ happening: Happening) { happened.change { $0.append(happening) } }

  var all: [Happening] { happened.withLock { $0 } }

  func wait(count: Int = 1, for isMeant: @escaping (Happening.What) -> Bool) {
    happened.wait { $0.count { isMeant($0.what) } >= count ? () : nil }
  }
}
