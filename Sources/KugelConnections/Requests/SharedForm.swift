import KugelWire
import Synchronization

/// How sound is asked for, as far as refusals have taught it.
final class SharedForm: Sendable {
  private let form = Mutex(SoundForm.samples)

  var value: SoundForm { form.withLock { $0 } }

  func giveUp(_ refused: SoundForm) { form.withLock { $0 = refused == .samples ? .wave : $0 } }
}
