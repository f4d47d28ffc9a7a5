/// What a listener is still to be told, in order: news at once, messages and the end unless it pauses.
struct WebSocketDeliveries {
  private var news: [SocketEvent] = []
  private var waiting: [SocketEvent] = []
  /// How many of those are told.
  private var told = 0
  /// Of messages that wait.
  private(set) var waitingBytes = 0

  /// Whether anything waits behind a pause.
  var waitsForListener: Bool { told < waiting.count }

  mutating func add(news event: SocketEvent) { news.append(event) }

  mutating func add(message: SocketEvent) {
    waiting.append(message)
    waitingBytes += message.size
  }

  mutating func add(end: SocketEvent) { waiting.append(end) }

  mutating func next(isPaused: Bool) -> SocketEvent? {
    if !news.isEmpty { return news.removeFirst() }
    guard !isPaused, waitsForListener else { return nil }
    let event = waiting[told]
    waitingBytes -= event.size
    told += 1
    // Lazily, so that a long queue is not moved for each of its messages.
    if told == waiting.count || told > 64 && told > waiting.count / 2 {
      waiting.removeFirst(told)
      told = 0
    }
    return event
  }

  mutating func forgetMessages() { (waiting, told, waitingBytes) = ([], 0, 0) }

  mutating func forgetAll() {
    news = []
    forgetMessages()
  }
}

extension SocketEvent {
  fileprivate var size: Int {
    switch self {
    case .text(let bytes), .binary(let bytes): bytes.count
    case .opened, .drained, .pinged, .closed, .failed: 0
    }
  }
}
