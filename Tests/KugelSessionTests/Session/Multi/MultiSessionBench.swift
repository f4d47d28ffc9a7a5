@testable import KugelSession
@testable import KugelWire

/// A client with its clock, and what it did, in words.
struct MultiSessionBench {
  var session: MultiSession
  var now = ContinuousClock.now

  init(_ adapt: (inout SessionPolicy) -> Void = { _ in }) {
    var policy = SessionPolicy()
    adapt(&policy)
    session = MultiSession(policy: policy)
  }

  /// Connected, with the voices of some contexts known.
  static func open(
    _ names: [String] = [], _ adapt: (inout SessionPolicy) -> Void = { _ in }
  ) -> MultiSessionBench {
    var bench = MultiSessionBench(adapt)
    _ = bench.after(.zero, .start)
    _ = bench.after(.zero, .opened)
    for name in names { _ = bench.after(.zero, .open(name, .voiced)) }
    return bench
  }

  mutating func after(_ wait: Duration = .zero, _ event: MultiSession.Event) -> [String] {
    now += wait
    return session.receive(event, at: now).map(told)
  }

  mutating func hear(
    _ message: ServiceMessage, _ context: String? = nil, after wait: Duration = .zero
  ) -> [String] {
    after(wait, .received(ServiceFrame(message, context: context)))
  }

  mutating func say(_ text: String, _ context: String) -> [String] {
    after(.zero, .text(text, context: context)) + after(.zero, .endTurn(context: context))
  }

  /// The service speaks one chunk of the context, without the end of the turn.
  mutating func speak(_ text: String, _ context: String) -> [String] {
    hear(.generationStarted(chunk: 0, text: text), context)
      + hear(.audio(.of([Int16](repeating: 1, count: text.count))), context)
      + hear(.chunkComplete(chunk: 0, audioSeconds: 0, generationMilliseconds: 0), context)
  }
}

func told(_ action: MultiSession.Action) -> String {
  switch action {
  case .connect: "connect"
  case .disconnect: "disconnect"
  case .send(let frame): told(frame)
  case .turnBegan(let turn, let context): "\(context) began \(turn)"
  case .segment(let text, _, _, let context): "\(context) segment \(text)"
  case .play(let frame, let turn, let context): "\(context) play \(frame.samples.count) of \(turn)"
  case .words: "words"
  case .turnEnded(let report, let context): "\(context) ended \(report.turn) \(told(report.ending))"
  case .resumed(let turn, let context): "\(context) resumed \(turn)"
  case .contextClosed(let context, let usage):
    "\(context) gone" + (usage.map { " \($0.audioSeconds)" } ?? "")
  case .settingsUpdated: "updated"
  case .settingsRefused: "refused"
  case .retrying(let attempt, _, _): "retrying \(attempt)"
  case .unreachable: "unreachable"
  case .finished: "finished"
  }
}

private func told(_ ending: TurnReport.Ending) -> String {
  switch ending {
  case .complete: "complete"
  case .empty: "empty"
  case .cancelled: "cancelled"
  case .failed(.service(let failure)): "failed \(failure.name ?? "-")"
  case .failed(.timedOut(let stage, _)): "timed out \(stage.rawValue)"
  }
}

private func told(_ frame: ClientFrame) -> String {
  var words = ["send"] + [frame.context].compactMap(\.self)
  if case .id(let voice)? = frame.contextSettings.voice { words.append("voice \(voice)") }
  if let text = frame.text { words.append("\"\(text)\"") }
  if frame.flush { words.append("flush") }
  if frame.closeContext { words.append(frame.immediate ? "close now" : "close") }
  if frame.cancel { words.append("cancel") }
  if frame.closeSocket { words.append("close socket") }
  if frame.update != nil { words.append("update") }
  return words.joined(separator: " ")
}
