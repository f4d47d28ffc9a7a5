import KugelJobs
import KugelNarration
import KugelSystem
import Synchronization

/// Where workers fetch items and bring them back, and learn together how the voice speaks.
final class NarrationDesk: Sendable {
  /// Items that may be made and not yet have their names.
  private static let mostWaiting = 512

  private struct State {
    var next = 0
    var waiting = 0
    var isClosed = false
  }

  private let tasks: ItemTasks
  private let state = Monitor(State())
  private let proofs: Mutex<[String: Proof]>
  let inbox: Inbox<NarrationNews>

  /// - Parameter known: what is known of voices, by what tells one from another.
  init(_ tasks: ItemTasks, known: [String: Proof], inbox: Inbox<NarrationNews>) {
    self.tasks = tasks
    proofs = Mutex(known)
    self.inbox = inbox
  }

  /// The next item; nil when there is none or no more is to be made. Waits while too many wait for their
  /// names.
  func take() -> ItemTask? {
    let place = state.wait { [count = tasks.count] state -> Int?? in
      if state.isClosed || state.next == count { return .some(nil) }
      guard state.waiting < Self.mostWaiting else { return nil }
      state.waiting += 1
      state.next += 1
      return .some(state.next - 1)
    }
    return place.map { tasks[$0] }
  }

  /// So many items have their names, or never will.
  func settled(_ count: Int) { state.change { $0.waiting -= count } }

  /// No more items are given out.
  func close() { state.change { $0.isClosed = true } }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  // MARK: What is known of the voices

  /// - Parameter voice: what tells one voice from another.
  func judge(
    _ sentences: [SentenceSound], sound: (samples: [Int16], rate: Int), voice: String,
    speed: Double
  ) -> [[DoubtKind]] {
    let proof = proofs.withLock { $0[voice] ?? Proof(speed: speed) }
    return proof.judge(sentences, sound: sound.samples, rate: sound.rate)
  }

  func learn(
    _ sentences: [SentenceSound], doubts: [[DoubtKind]], sound: (samples: [Int16], rate: Int),
    voice: String, speed: Double
  ) {
    proofs.withLock { proofs in
      proofs[voice, default: Proof(speed: speed)].learn(
        sentences, doubts: doubts, sound: sound.samples, rate: sound.rate)
    }
  }
}
