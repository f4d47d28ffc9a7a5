import KugelWire

/// Frames that came while a turn was ending, in order: they belong to the turns after it.
struct WaitingFrames: Sendable {
  private var frames: ArraySlice<ClientFrame> = []
  private var cost = 0
  private let limit: Int

  /// - Parameter limit: most bytes of text, with a little for each frame.
  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { frames.isEmpty }

  /// - Throws: as it is to be sent, when too much waits already.
  mutating func append(_ frame: ClientFrame) throws(ServiceError) {
    let more = Self.cost(of: frame)
    guard cost + more <= limit else { throw .rateLimited }
    cost += more
    frames.append(frame)
  }

  mutating func popFirst() -> ClientFrame? {
    guard let first = frames.popFirst() else { return nil }
    cost -= Self.cost(of: first)
    return first
  }

  mutating func removeAll() { (frames, cost) = ([], 0) }

  private static func cost(of frame: ClientFrame) -> Int { 32 + (frame.text?.utf8.count ?? 0) }
}
