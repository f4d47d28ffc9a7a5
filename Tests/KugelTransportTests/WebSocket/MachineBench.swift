@testable import KugelTransport

/// A WebSocket's machine with its clock, and what it wanted done and told.
struct MachineBench {
  var machine: WebSocketMachine
  private var now = ContinuousClock.now
  private(set) var told: [SocketEvent] = []

  static let limits = WebSocketLimits(
    pingInterval: .seconds(15), pongTimeout: .seconds(10), closeTimeout: .seconds(5),
    readAhead: 100, drainMark: 0, unsentMark: nil)

  static func client(_ adapt: (inout WebSocketLimits) -> Void = { _ in }) -> MachineBench {
    var limits = limits
    adapt(&limits)
    return MachineBench(machine: WebSocketMachine(client: limits))
  }

  /// An open one.
  static func openClient(_ adapt: (inout WebSocketLimits) -> Void = { _ in }) -> MachineBench {
    var bench = client(adapt)
    _ = bench.after(.zero, .opened([:], took: ConnectTimings()))
    bench.forget()
    return bench
  }

  static func service(_ adapt: (inout WebSocketLimits) -> Void = { _ in }) -> MachineBench {
    var limits = limits
    limits.readAhead = 0
    limits.unsentMark = 1000
    adapt(&limits)
    return MachineBench(machine: WebSocketMachine(service: limits, head: 0, at: .now))
  }

  private init(machine: WebSocketMachine) { self.machine = machine }

  mutating func after(
    _ wait: Duration = .zero, _ event: WebSocketMachine.Event
  ) -> [WebSocketMachine.Action] {
    now += wait
    let actions = machine.receive(event, at: now)
    while let next = machine.nextDelivery() { told.append(next) }
    return actions
  }

  mutating func forget() { told = [] }

  /// Until `tick` is due.
  var patience: Duration? { machine.deadline.map { now.duration(to: $0) } }
}

func message(_ text: String) -> WebSocketMachine.Event { .message(.text(Array(text.utf8))) }
func news(_ text: String) -> SocketEvent { .text(Array(text.utf8)) }
