import KugelSession
import KugelWire

/// A service that is tried first, and another one that speaks where the first does not.
///
/// What was said to the first is said again to the other, and what the first answered is told only once it
/// speaks: whoever stands above sees one service.
package final class StandbyConnection: SpeechConnection {
  private let first: any SpeechConnection
  private let other: () throws -> any SpeechConnection
  private let patience: Duration
  private let remark: (String) -> Void
  package var deliver: (LinkEvent) -> Void = { _ in }

  private var second: (any SpeechConnection)?
  /// The first one has spoken, or was ended: nobody else will.
  private var isSettled = false
  private var isOpen = false
  private var isHeld = false
  private var sent: [ClientFrame] = []
  private var answers: [LinkEvent] = []
  private var due: ContinuousClock.Instant?

  /// - Parameters:
  ///   - patience: until the first one is open.
  ///   - remark: takes why the other one speaks: a plain word, a sentence without its full stop.
  ///   - other: makes the other one.
  package init(
    _ first: any SpeechConnection, patience: Duration, remark: @escaping (String) -> Void,
    other: @escaping () throws -> any SpeechConnection
  ) {
    self.first = first
    self.patience = patience
    self.remark = remark
    self.other = other
    first.deliver = { [unowned self] in take($0) }
  }

  private var current: any SpeechConnection { second ?? first }

  package var deadline: ContinuousClock.Instant? {
    [due, current.deadline].compactMap(\.self).min()
  }
  package var connectTimes: ConnectTimes? { current.connectTimes }

  package func prepare(for settings: TurnSettings?) { current.prepare(for: settings) }

  package func open() {
    if second == nil, !isSettled { due = .now + patience }
    current.open()
  }

  package func send(_ frame: ClientFrame) {
    if second == nil, !isSettled { sent.append(frame) }
    current.send(frame)
  }

  package func receive(_ news: ConnectionNews) { current.receive(news) }

  package func hold(_ held: Bool) {
    isHeld = held
    current.hold(held)
  }

  package func close() {
    settle()
    current.close()
  }

  package func rest() { current.rest() }

  package func leave() {
    settle()
    current.leave()
  }

  package func tick(at now: ContinuousClock.Instant) {
    if let due, due <= now {
      fallBack(because: "it does not answer")
    } else {
      current.tick(at: now)
    }
  }

  private func settle() {
    isSettled = true
    (sent, due) = ([], nil)
  }

  /// Of the first one.
  private func take(_ event: LinkEvent) {
    // Once the other one speaks, what is left of this one's words is nobody's.
    guard second == nil else { return }
    guard !isSettled else { return deliver(event) }
    switch event {
    case .opened:
      (isOpen, due) = (true, nil)
      deliver(event)
    case .lost(let failure): fallBack(because: failure.cause)
    case .received(let frame):
      switch frame.message {
      case .error(let error): fallBack(because: error.message)
      case .audio, .final, .sessionClosed, .contextClosed, .interrupted:
        settle()
        for answer in answers { deliver(answer) }
        answers = []
        deliver(event)
      default: answers.append(event)
      }
    case .keptAlive, .greeted: answers.append(event)
    }
  }

  private func fallBack(because cause: String) {
    let frames = sent
    settle()
    answers = []
    first.close()
    let made: any SpeechConnection
    do { made = try other() } catch {
      return deliver(.lost(.broken(cause)))
    }
    remark(cause)
    second = made
    made.deliver = { [unowned self, isOpen] event in
      if case .opened = event, isOpen {
        for frame in frames { second?.send(frame) }
      } else {
        deliver(event)
      }
    }
    if isHeld { made.hold(true) }
    made.open()
  }
}
