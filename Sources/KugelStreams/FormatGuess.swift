/// Tells the formats apart by the first bytes that are not white space and the first object behind them.
/// What it cannot tell is text.
///
/// Source: stream notes, "How `auto` tells them apart".
struct FormatGuess: Sendable {
  enum Verdict: Equatable, Sendable {
    /// More has to come.
    case undecided
    case format(StreamFormat)
    /// An error in place of an answer, by objects framed as they are here.
    case error(StreamFormat)
    /// Text; `resembled` says what it seemed to be at first.
    case text(resembled: String?)
  }

  private static let fields = ["data:", "event:", ":"].map { Array($0.utf8) }

  private var object = FirstObject()
  private var events: EventStreamReader?
  /// What came so far.
  private(set) var held: [UInt8] = []

  mutating func read(_ bytes: [UInt8]) -> Verdict {
    held += bytes
    if events != nil { return judge(events?.read(bytes) ?? []) }
    guard let start = FirstObject.firstMark(in: held) else {
      return held.count > FirstObject.limit ? .text(resembled: nil) : .undecided
    }
    if held[start] == UInt8(ascii: "{") {
      switch object.read(object.held.isEmpty ? held : bytes) {
      case .undecided: return .undecided
      case .absent: return .text(resembled: nil)
      case .object(let range):
        guard let read = StreamObject(Array(held[range])) else { return .text(resembled: nil) }
        return Self.verdict(onLine: read) ?? .text(resembled: "an object of JSON")
      }
    }
    let rest = held[start...]
    if Self.fields.contains(where: { rest.starts(with: $0) }) {
      var reader = EventStreamReader(limit: FirstObject.limit)
      let items = reader.read(held)
      events = reader
      return judge(items)
    }
    return Self.fields.contains(where: { $0.starts(with: rest) })
      ? .undecided : .text(resembled: nil)
  }

  /// No more comes.
  mutating func finish() -> Verdict {
    guard let last = events?.finish() else { return .text(resembled: nil) }
    let verdict = judge(last)
    return verdict == .undecided ? .text(resembled: "a stream of events") : verdict
  }

  private func judge(_ items: [EventStreamReader.Item]) -> Verdict {
    let text = Verdict.text(resembled: "a stream of events")
    if let first = items.first {
      switch first {
      case .errorField: return .format(.llamaCPP)
      case .tooLong, .stray: return text
      case .data(let data, line: _):
        if data == doneMark { return .format(.openAIChat) }
        return StreamObject(data).flatMap(Self.verdict(onEvent:)) ?? text
      }
    }
    return held.count > FirstObject.limit ? text : .undecided
  }

  private static func verdict(onEvent object: StreamObject) -> Verdict? {
    let type = object.text("type")
    if object.has("choices") { return .format(.openAIChat) }
    if let type, type.hasPrefix("response.") { return .format(.openAIResponses) }
    if type == "message_start" || type == "ping" { return .format(.anthropic) }
    if object.has("content"), object.has("stop") { return .format(.llamaCPP) }
    return isError(object) ? .error(.openAIChat) : nil
  }

  private static func verdict(onLine object: StreamObject) -> Verdict? {
    let type = object.text("type")
    switch type {
    case "system", "stream_event", "assistant": return .format(.claude)
    case "thread.started": return .format(.codex)
    case "init" where object.has("model"): return .format(.gemini)
    case "step_start": return .format(.openCode)
    case "session": return .format(.pi)
    case "agent-turn-complete": return .format(.hook)
    default: break
    }
    if object.has("hook_event_name") { return .format(.hook) }
    if object.has("model"), object.has("message") || object.has("response") {
      return .format(.ollama)
    }
    if let type, type.contains("."), object.object("data") != nil { return .format(.copilot) }
    return isError(object) ? .error(.ollama) : nil
  }

  /// `error` alone, or an object of type `error`.
  private static func isError(_ object: StreamObject) -> Bool {
    object.text("type") == "error" || object.size == 1 && object.has("error")
  }
}

/// The data with which some streams of events end, and which is no JSON.
let doneMark = Array("[DONE]".utf8)
