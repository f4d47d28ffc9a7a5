import KugelSession
import KugelWire

/// The speakers of a script at a service that has one voice for a connection: each has a connection of its
/// own, and together they are one to the session.
///
/// A speaker's turns travel over its connection as those of `say` do.
package final class VoiceSwitchboard: SpeechConnection {
  /// One speaker's connection.
  private final class Line {
    let connection: any SpeechConnection
    /// Said before it was open.
    var waiting: [ClientFrame] = []
    var isOpen = false
    /// It is to be closed: at once, or when it has said what there was.
    var isClosing = false
    /// Turns whose end was not told.
    var turns = 0

    init(_ connection: any SpeechConnection) { self.connection = connection }
  }

  /// News of a line carry its number with those of its openings.
  private static let openings = 1 << 32

  private let service: RemoteService
  private let defaultRate: Int
  private let trace: (@Sendable (WireLine) -> Void)?
  private let news: @Sendable (ConnectionNews) -> Void
  package var deliver: (LinkEvent) -> Void = { _ in }
  private var lines: [String: Line] = [:]
  private var numbers: [Int: String] = [:]
  private var count = 0
  /// Of the session, for all speakers that come.
  private var settings = TurnSettings()
  private var isHeld = false

  /// - Parameters:
  ///   - service: one that has the voice in the address of a socket.
  ///   - defaultRate: Hz of audio that does not say.
  ///   - trace: called on any thread.
  ///   - news: called on the transport's thread; brings the news to the owner's.
  package init(
    _ service: RemoteService, defaultRate: Int = 24_000,
    trace: (@Sendable (WireLine) -> Void)? = nil,
    news: @escaping @Sendable (ConnectionNews) -> Void
  ) {
    self.service = service
    self.defaultRate = defaultRate
    self.trace = trace
    self.news = news
  }

  package var deadline: ContinuousClock.Instant? {
    lines.values.compactMap(\.connection.deadline).min()
  }

  package func tick(at now: ContinuousClock.Instant) {
    for line in lines.values {
      if let due = line.connection.deadline, now >= due { line.connection.tick(at: now) }
    }
  }

  /// There is nothing to connect to before somebody speaks.
  package func open() { deliver(.opened) }

  package func receive(_ news: ConnectionNews) {
    var own = news
    own.opening = news.opening % Self.openings
    guard let name = numbers[news.opening / Self.openings] else { return }
    lines[name]?.connection.receive(own)
  }

  package func hold(_ held: Bool) {
    isHeld = held
    for line in lines.values { line.connection.hold(held) }
  }

  package func close() {
    for line in lines.values { line.connection.close() }
    (lines, numbers) = ([:], [:])
  }

  package func leave() {
    for line in lines.values { line.connection.leave() }
    (lines, numbers) = ([:], [:])
  }

  // MARK: What the session says

  package func send(_ frame: ClientFrame) {
    settings.merge(frame.settings)
    if frame.closeSocket {
      close()
      return deliver(.received(ServiceFrame(.sessionClosed(TurnTotals(), usage: nil))))
    }
    if frame.cancel { return cut(frame.context) }
    guard let name = frame.context else { return }
    guard let line = lines[name] else { return open(name, frame) }
    if frame.closeContext { return close(name, line, immediate: frame.immediate) }
    guard frame.flush || frame.text?.isEmpty == false else { return }
    var own = ClientFrame()
    own.text = frame.text
    own.flush = frame.flush
    if frame.flush { line.turns += 1 }
    say(own, over: line)
  }

  private func open(_ name: String, _ frame: ClientFrame) {
    guard !frame.closeContext else { return }
    var own = settings
    own.merge(frame.contextSettings)
    count += 1
    let base = count * Self.openings
    numbers[count] = name
    let line = Line(
      service.connection(settings: own, defaultRate: defaultRate, trace: trace) {
        [news] told in
        var told = told
        told.opening += base
        news(told)
      })
    lines[name] = line
    line.connection.deliver = { [unowned self] event in heard(event, of: name) }
    line.connection.hold(isHeld)
    var first = ClientFrame()
    first.settings = own
    first.text = frame.text
    line.waiting.append(first)
    line.connection.prepare(for: own)
    line.connection.open()
    deliver(.received(ServiceFrame(.contextCreated, context: name)))
  }

  private func say(_ frame: ClientFrame, over line: Line) {
    if line.isOpen { line.connection.send(frame) } else { line.waiting.append(frame) }
  }

  private func cut(_ name: String?) {
    for name in name.map({ [$0] }) ?? lines.keys.sorted() {
      guard let line = lines[name] else { continue }
      deliver(.received(ServiceFrame(.interrupted, context: name)))
      close(name, line, immediate: true)
    }
  }

  private func close(_ name: String, _ line: Line, immediate: Bool) {
    line.isClosing = true
    if immediate {
      line.connection.send(.cancel)
      return end(name)
    }
    if line.turns == 0 { end(name) }
  }

  private func end(_ name: String) {
    guard let line = lines.removeValue(forKey: name) else { return }
    line.connection.close()
    deliver(.received(ServiceFrame(.contextClosed(usage: nil), context: name)))
  }

  // MARK: What a connection says

  private func heard(_ event: LinkEvent, of name: String) {
    guard let line = lines[name] else { return }
    switch event {
    case .opened:
      line.isOpen = true
      let waiting = line.waiting
      line.waiting = []
      for frame in waiting { line.connection.send(frame) }
    case .received(let frame): heard(frame.message, of: name, line)
    case .keptAlive, .greeted: deliver(event)
    case .lost:
      // What the others were saying is said again, too: the session knows one connection.
      close()
      deliver(event)
    }
  }

  private func heard(_ message: ServiceMessage, of name: String, _ line: Line) {
    switch message {
    // The end of a turn, which a context outlives.
    case .sessionClosed:
      line.turns = max(0, line.turns - 1)
      deliver(.received(ServiceFrame(.final(FinalStatistics()), context: name)))
      if line.isClosing, line.turns == 0 { end(name) }
    case .final, .interrupted, .contextCreated, .contextClosed, .contextTimeout: break
    default: deliver(.received(ServiceFrame(message, context: name)))
    }
  }
}
