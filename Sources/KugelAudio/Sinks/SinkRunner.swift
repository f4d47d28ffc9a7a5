import KugelSystem

/// Runs one sink on a thread of its own, so that neither a slow pipe nor a device holds up the program.
package final class SinkRunner: Sendable {
  package enum State: Equatable, Sendable {
    case running
    /// All was taken in full, or the sink was cut.
    case finished
    case failed(SinkError)
  }

  private struct Shared {
    var queue: SinkQueue
    var state = State.running
    var interrupter: (@Sendable () -> Void)?
    var silencer: (@Sendable () -> Void)?
    var isCut = false
    /// While its thread waits for work.
    var idleSink: (any AudioSink)?
    let backlog = SinkBacklog()

    func tellBacklog() {
      backlog.update(seconds: queue.seconds, turnIsComplete: queue.turnIsComplete)
    }
  }

  private let shared: Monitor<Shared>
  private let thread: Thread?
  /// With less than this queued, after there was more, `onChange` is called.
  package let lowSeconds: Double

  /// - Parameters:
  ///   - target: what messages call the sink.
  ///   - capacitySeconds: sound that the feeder means to queue at most.
  ///   - channels: interleaved in the samples.
  ///   - onChange: called on the sink's thread when the state changes, and when less than half of the
  ///     capacity is left in the queue after there was more.
  ///   - makeSink: called on the sink's thread, at once.
  package init(
    target: String, capacitySeconds: Double = 2, channels: Int = 1,
    onChange: @escaping @Sendable () -> Void,
    makeSink: @escaping @Sendable () throws(SinkError) -> any AudioSink
  ) {
    let queue = SinkQueue(capacity: capacitySeconds, channels: channels)
    lowSeconds = queue.low
    let shared = Monitor(Shared(queue: queue))
    self.shared = shared
    do throws(SystemError) {
      thread = try Thread(name: "sink") {
        let end = Self.run(shared, onChange, makeSink)
        shared.change { $0.state = end }
        onChange()
      }
    } catch {
      thread = nil
      let cause = error.description
      shared.change { $0.state = .failed(.failed(target: target, cause: cause)) }
      onChange()
    }
  }

  deinit { cut() }

  /// Hands samples to a sink that takes them at once, else queues them; never waits. The feeder bounds the
  /// queue by watching `queuedSeconds`. After `finish`, `cut` or a failure samples are dropped.
  package func offer(_ samples: [Int16], rate: Int) {
    let taken = pass(samples, rate: rate)
    guard taken != .all else { return }
    let isDue = shared.withLock { shared in
      guard taken == .nothing, shared.state == .running else { return true }
      shared.queue.offer(samples, rate: rate)
      shared.tellBacklog()
      return shared.queue.isDue
    }
    if isDue { shared.wake() }
  }

  /// Lets samples by the queue, if the sink's thread has nothing to do: then it need not be woken for them.
  private func pass(_ samples: [Int16], rate: Int) -> Taken {
    shared.withLock { shared in
      guard !samples.isEmpty, shared.state == .running, shared.queue.isClear,
        let sink = shared.idleSink
      else { return .nothing }
      // Before anybody hears of them.
      shared.queue.beginTurn()
      shared.tellBacklog()
      do throws(SinkError) {
        let taken = try sink.writeAtOnce(samples, rate: rate)
        if taken == .inHand { shared.queue.flush() }
        return taken
      } catch {
        shared.queue.fail(error)
        return .inHand
      }
    }
  }

  /// Nothing more follows in this turn; what waits for a cushion need not wait any longer.
  package func endTurn() {
    shared.change { shared in
      shared.queue.endTurn()
      shared.tellBacklog()
    }
  }

  /// Drops what is queued and makes a device silent at once; what is offered afterwards is played. Returns
  /// at once.
  package func hush() {
    let silencer = shared.change { shared in
      // A sink that is not open has been given nothing.
      shared.queue.hush(telling: shared.silencer != nil)
      shared.tellBacklog()
      return shared.silencer
    }
    silencer?()
  }

  /// Sound queued and not yet taken by the sink, seconds.
  package var queuedSeconds: Double { shared.withLock { $0.queue.seconds } }

  package var state: State { shared.withLock { $0.state } }

  /// Finishes the sink after all that is queued; returns at once.
  package func finish() {
    shared.change { shared in
      shared.queue.finish()
      shared.tellBacklog()
    }
  }

  /// Drops what is queued, but for what a patient sink was not woken for, and cuts the sink, also out of a
  /// write that waits; returns at once.
  package func cut() {
    let interrupter = shared.change { shared in
      shared.queue.cut()
      shared.isCut = true
      return shared.interrupter
    }
    interrupter?()
  }

  /// Returns when the sink is open, or has failed to.
  package func waitUntilOpen() {
    shared.wait { $0.interrupter != nil || $0.state != .running ? () : nil }
  }

  /// Waits until the state is final and `onChange` was told.
  package func join() { thread?.join() }

  private static func run(
    _ shared: Monitor<Shared>, _ onChange: @Sendable () -> Void,
    _ makeSink: @Sendable () throws(SinkError) -> any AudioSink
  ) -> State {
    do throws(SinkError) {
      let sink = try makeSink()
      let (interrupter, silencer, patience) = (sink.interrupter, sink.silencer, sink.patience)
      let (isCut, backlog) = shared.change { shared in
        shared.interrupter = interrupter
        shared.silencer = silencer
        shared.queue.patience = patience
        return (shared.isCut, shared.backlog)
      }
      if isCut { interrupter() }
      sink.attach(backlog)
      do throws(SinkError) {
        try feed(sink, from: shared, onChange)
      } catch {
        try? sink.cut()
        throw error
      }
      return .finished
    } catch {
      shared.change { shared in
        shared.queue.patience = 0
        shared.queue.cut()
      }
      return .failed(error)
    }
  }

  private static func feed(
    _ sink: any AudioSink, from shared: Monitor<Shared>, _ onChange: @Sendable () -> Void
  ) throws(SinkError) {
    while true {
      let next = shared.wait { shared in
        let next = shared.queue.take()
        shared.idleSink = next == nil ? sink : nil
        if next != nil { shared.tellBacklog() }
        return next
      }
      if next.becameLow { onChange() }
      switch next.work {
      case .write(let samples, let rate): try sink.write(samples, rate: rate)
      case .flush: try sink.flush()
      case .fail(let error): throw error
      case .endTurn: try sink.endTurn()
      case .hush: try sink.hush()
      case .finish: return try sink.finish()
      case .cut: return try sink.cut()
      }
    }
  }
}
