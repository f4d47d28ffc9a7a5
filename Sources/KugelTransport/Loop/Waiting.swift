import Dispatch
import Synchronization

/// A gate that opens once; threads wait in front of it.
final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func open() { semaphore.signal() }

  func wait() {
    semaphore.wait()
    semaphore.signal()
  }
}

/// A result on its way from the loop's thread to a thread that waits for it.
///
/// The wait ends when the work that holds the ticket is gone: done, or dropped with the loop.
final class Answer<Value: Sendable>: Sendable {
  final class Ticket: Sendable {
    private let answer: Answer

    fileprivate init(_ answer: Answer) { self.answer = answer }

    deinit { answer.gate.open() }

    func give(_ value: Value) {
      answer.value.withLock { $0 = value }
      answer.gate.open()
    }
  }

  private let value = Mutex<Value?>(nil)
  private let gate = Gate()

  /// Nil when the ticket went unused. `hand` gives the ticket away and must not keep it.
  func wait(handing hand: (Ticket) -> Void) -> Value? {
    hand(Ticket(self))
    gate.wait()
    return value.withLock { $0 }
  }
}
