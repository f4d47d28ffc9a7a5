import KugelWire
import Synchronization

/// How sound is asked for, as far as refusals have taught it.
final class SharedForm: Sendable {
  private let refused = Mutex<Set<SoundForm>>([])

  /// - Parameter forms: the best first; at least one.
  func best(of forms: [SoundForm]) -> SoundForm {
    refused.withLock { refused in
      forms.first { !refused.contains($0) } ?? forms[forms.count - 1]
    }
  }

  func giveUp(_ form: SoundForm) { refused.withLock { _ = $0.insert(form) } }
}
