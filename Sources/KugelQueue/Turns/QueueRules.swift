/// Who may speak next, and what is not said any more. Pure.
package enum QueueRules {
  /// What the process of an item does. One that has ended has none.
  package enum Condition: Equatable, Sendable { case working, suspended }

  /// An item as others find it.
  package struct Entry: Equatable, Sendable {
    package var item: QueueItem
    package var condition: Condition

    package init(_ item: QueueItem, _ condition: Condition = .working) {
      self.item = item
      self.condition = condition
    }
  }

  package enum Verdict: Equatable, Sendable {
    /// Nobody comes first who is there to speak.
    case next
    /// This one comes first.
    case wait(for: Int32)
    case drop(Drop)
  }

  package enum Drop: Equatable, Sendable {
    /// The same source has something newer to say.
    case replaced
    /// It waited as long as it may.
    case stale(after: Duration)
  }

  /// - Parameters:
  ///   - item: waits.
  ///   - others: all there are; itself among them counts for nothing.
  ///   - now: nanoseconds, as `arrival`.
  package static func verdict(
    on item: QueueItem, among others: [Entry], at now: Int
  ) -> Verdict {
    let others = others.filter { $0.item.id != item.id }
    if others.contains(where: { replaces($0.item, item) }) { return .drop(.replaced) }
    if let limit = item.wish.dropAfter, .nanoseconds(now - item.arrival) >= limit {
      return .drop(.stale(after: limit))
    }
    let first = ahead(of: item, among: others).first { $0.condition == .working }
    return first.map { .wait(for: $0.item.id) } ?? .next
  }

  /// Whoever would be let in before the item, by rank.
  package static func ahead(of item: QueueItem, among others: [Entry]) -> [Entry] {
    others.filter { $0.item.state == .waiting && $0.item.precedes(item) }
      .sorted { $0.item.precedes($1.item) }
  }

  /// Those that wait in vain now that the item is there.
  package static func replaced(by item: QueueItem, among others: [Entry]) -> [Int32] {
    others.map(\.item).filter { $0.state == .waiting && replaces(item, $0) }.map(\.id)
  }

  private static func replaces(_ newer: QueueItem, _ older: QueueItem) -> Bool {
    newer.wish.replaces && newer.id != older.id && newer.wish.source != nil
      && newer.wish.source == older.wish.source
      && (newer.arrival, newer.id) > (older.arrival, older.id)
  }

  /// As people look at them: who speaks, then who is next.
  package static func listed(_ entries: [Entry]) -> [Entry] {
    entries.sorted { one, other in
      one.item.state == other.item.state
        ? one.item.precedes(other.item) : one.item.state == .speaking
    }
  }
}
