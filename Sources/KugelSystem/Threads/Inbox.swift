import Synchronization

/// A queue into a thread that waits in `poll`: any thread posts, the owner sees its descriptor become
/// readable and drains it.
///
/// While the owner waits, he may have a deputy: what is handed over then is done on the thread that hands it over, and
/// nobody is woken.
package final class Inbox<Element: Sendable>: Sendable {
  /// What the owner does with an element. It is done by one thread at a time, so it need not be `Sendable`.
  private struct Deputy: @unchecked Sendable {
    let act: (Element) -> Bool
  }

  private let elements = Mutex<[Element]>([])
  /// Held by whoever acts; there is none but while the owner waits.
  private let deputy = Mutex<Deputy?>(nil)
  private let pipe: WakePipe

  /// Readable while something waits.
  package var descriptor: CInt { pipe.descriptor }

  /// - Throws: when the process has no descriptors left.
  package init() throws(SystemError) { pipe = try WakePipe() }

  package func post(_ element: Element) {
    let wasEmpty = elements.withLock { elements in
      elements.append(element)
      return elements.count == 1
    }
    if wasEmpty { pipe.ring() }
  }

  /// Has the deputy do at once what is to be done with an element, or posts it: when there is none, when he is at it, and
  /// behind what was posted.
  package func hand(_ element: Element) {
    let isDone = deputy.withLockIfAvailable { deputy in
      guard let deputy, elements.withLock({ $0.isEmpty }) else { return false }
      if deputy.act(element) { pipe.ring() }
      return true
    }
    if isDone != true { post(element) }
  }

  /// For the owner: waits, and has somebody act in his place meanwhile.
  ///
  /// - Parameters:
  ///   - act: does what the owner would do, on another thread; tells whether the owner is to look himself.
  ///   - wait: returns also when the descriptor is readable.
  package func deputed<Result>(
    to act: @escaping (Element) -> Bool, _ wait: () -> Result
  ) -> Result {
    let sent = Deputy(act: act)
    deputy.withLock { $0 = sent }
    // Whoever is at it is waited for.
    defer { deputy.withLock { $0 = nil } }
    return wait()
  }

  /// Everything that was posted, in order; does not wait.
  package func drain() -> [Element] {
    pipe.clear()
    return elements.withLock { elements in
      defer { elements = [] }
      return elements
    }
  }
}
