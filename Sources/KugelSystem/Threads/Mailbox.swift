/// A queue between threads: first in, first out, each element taken once.
package final class Mailbox<Element: Sendable>: Sendable {
  private struct Contents {
    var elements: [Element] = []
    /// Elements before this index are taken already.
    var head = 0
    var closed = false

    var count: Int { elements.count - head }

    mutating func removeFirst() -> Element? {
      guard count > 0 else { return nil }
      let first = elements[head]
      head += 1
      if head == elements.count || head >= 1024 {
        elements.removeFirst(head)
        head = 0
      }
      return first
    }

    mutating func removeAll() -> [Element] {
      defer { (elements, head) = ([], 0) }
      return head == 0 ? elements : Array(elements[head...])
    }
  }

  private let contents = Monitor(Contents())
  private let capacity: Int

  /// - Parameter capacity: most elements held at once; without it there is no limit.
  package init(capacity: Int = .max) { self.capacity = capacity }

  /// Elements waiting to be taken.
  package var count: Int { contents.withLock { $0.count } }

  /// Adds an element, waiting while the mailbox is full.
  ///
  /// - Returns: whether it was taken in; false after `close()`.
  @discardableResult
  package func post(_ element: Element) -> Bool {
    let capacity = capacity
    return contents.wait { contents in
      if contents.closed { return false }
      guard contents.count < capacity else { return nil }
      contents.elements.append(element)
      return true
    }
  }

  /// Adds an element if there is room now.
  ///
  /// - Returns: whether it was taken in; false when full and after `close()`.
  package func offer(_ element: Element) -> Bool {
    let capacity = capacity
    return contents.change { contents in
      guard !contents.closed, contents.count < capacity else { return false }
      contents.elements.append(element)
      return true
    }
  }

  /// Waits for the next element; nil once the mailbox is closed and empty.
  package func take() -> Element? {
    let taken: Element?? = contents.wait { contents in
      if let first = contents.removeFirst() { return .some(first) }
      return contents.closed ? .some(nil) : nil
    }
    return taken ?? nil
  }

  /// Waits for at least one element and takes all there are; empty once the mailbox is closed and empty.
  package func takeAll() -> [Element] {
    contents.wait { contents in
      contents.count > 0 || contents.closed ? contents.removeAll() : nil
    }
  }

  /// Takes what is there, without waiting.
  package func drain() -> [Element] { contents.change { $0.removeAll() } }

  /// Takes in nothing more; what is there can still be taken. Wakes every waiting thread.
  package func close() { contents.change { $0.closed = true } }
}
