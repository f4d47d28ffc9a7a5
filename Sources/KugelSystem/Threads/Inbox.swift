import Synchronization

/// A queue into a thread that waits in `poll`: any thread posts, the owner sees its descriptor become
/// readable and drains it.
package final class Inbox<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
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

  /// Everything that was posted, in order; does not wait.
  package func drain() -> [Element] {
    pipe.clear()
    return elements.withLock { elements in
      defer { elements = [] }
      return elements
    }
  }
}
