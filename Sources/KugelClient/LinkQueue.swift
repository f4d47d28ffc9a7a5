/// What the connection said and the session has not heard yet.
///
/// A connection may speak while the session's last word is still being carried out.
final class LinkQueue<Event> {
  private var events: ArraySlice<Event> = []

  func append(_ event: Event) { events.append(event) }
  func next() -> Event? { events.popFirst() }
  func clear() { events = [] }
}
