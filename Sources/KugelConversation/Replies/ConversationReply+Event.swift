import KugelSession

// Replies as events, for programs that read JSON.
extension ConversationReply {
  /// - Parameters:
  ///   - operation: of the request that it answers, if it answers one.
  ///   - explain: words for what went wrong with the service.
  package func bodies(
    operation: String?, explain: (SessionFailure) -> SpeechEvent.Trouble
  ) -> [SpeechEvent.Body] {
    func reply(_ fields: SpeechEvent.Field...) -> [SpeechEvent.Body] {
      [.reply(SpeechEvent.Reply(operation: operation ?? "session", fields: fields))]
    }
    switch self {
    case .accepted: return reply()
    case .started: return [.turnBegin]
    case .firstSound(let after): return [.firstSound(after: after)]
    case .done(let figures), .empty(let figures): return [.turnEnd(figures)]
    case .heard(let samples): return [.heard(position: samples)]
    case .cancelled(let figures, let text, let wasDone):
      return [.cancel(text)] + (wasDone ? [] : [.turnEnd(figures)])
    case .failed(let figures, let failure): return [.error(explain(failure)), .turnEnd(figures)]
    case .usage(let usage): return [.usage(usage)]
    case .mark(let name): return [.mark(name: name)]
    case .warning(let text): return [.warning(text)]
    case .retrying(let attempt, let delay, let cause):
      return [.retry(cause: cause, attempt: attempt, delay: delay)]
    case .resumed: return [.resume(source: nil)]
    case .unreachable(let failure): return [.error(explain(failure))]
    case .problem(let message):
      return [.error(SpeechEvent.Trouble(code: "input", message: message, exit: nil))]
    case .flushed: return reply(SpeechEvent.Field("ends_turn", .flag(true)))
    case .armed(let after):
      return reply(SpeechEvent.Field("after_ms", .number(after.milliseconds)))
    case .notArmed, .nothingToCancel: return reply(SpeechEvent.Field("cancelled", .flag(false)))
    case .settings(let live, let waiting, let reconnecting):
      return reply(
        SpeechEvent.Field("live", .texts(live.map(\.text))),
        SpeechEvent.Field("waiting", .texts(waiting.map(\.text))),
        SpeechEvent.Field("reconnecting", .texts(reconnecting.map(\.rawValue))))
    case .paused(let paused): return reply(SpeechEvent.Field("paused", .flag(paused)))
    case .volume(let level): return reply(SpeechEvent.Field("db", .number(level)))
    case .recording(let path):
      return reply(SpeechEvent.Field("file", path.map { .text($0) } ?? .null))
    case .expectation(let expectation, let actual, let isMet):
      return reply(
        SpeechEvent.Field("that", .text(expectation.source)),
        SpeechEvent.Field("met", .flag(isMet)),
        SpeechEvent.Field("actual", actual?.field ?? .null))
    case .status(let status): return bodies(of: status)
    case .totals(let totals), .summary(let totals):
      return [.reply(SpeechEvent.Reply(operation: operation ?? "session", fields: totals.fields))]
    case .voices(let voices):
      return reply(
        SpeechEvent.Field("voices", .texts(voices.map(\.reference.description))),
        SpeechEvent.Field("names", .texts(voices.map(\.name))))
    case .help:
      return reply(SpeechEvent.Field("ops", .texts(CommandName.allCases.map(\.rawValue))))
    }
  }

  private func bodies(of status: ConversationStatus) -> [SpeechEvent.Body] {
    let totals = status.lastFinal?.totals
    let fields = [
      SpeechEvent.Field("connected", .flag(status.connected)),
      SpeechEvent.Field("current", status.current.map { .count($0) } ?? .null),
      SpeechEvent.Field("waiting", .texts(status.waiting.map(\.text))),
      SpeechEvent.Field(
        "final_audio_seconds", totals.map { .number($0.audioSeconds) } ?? .null),
      SpeechEvent.Field("final_chunks", totals.map { .count($0.textChunks) } ?? .null),
    ]
    return [.reply(SpeechEvent.Reply(operation: "status", fields: fields))]
      + (status.figures.map { [.turnEnd($0), .usage($0.usage)] } ?? [])
  }
}

extension Expectation.Value {
  fileprivate var field: SpeechEvent.Field.Value {
    switch self {
    case .time(let duration): .number(duration.milliseconds)
    case .count(let count): .count(count)
    case .text(let text): .text(text)
    }
  }
}

extension ConversationTotals {
  fileprivate var fields: [SpeechEvent.Field] {
    [
      SpeechEvent.Field("turns", .count(turns)),
      SpeechEvent.Field("cancelled", .count(cancelled)),
      SpeechEvent.Field("failed", .count(failed)),
      SpeechEvent.Field("audio", .number(audioSeconds * 1000)),
      SpeechEvent.Field("chars", .count(characters)),
      SpeechEvent.Field("gaps", .count(gaps)),
      SpeechEvent.Field("audio_seconds", chargedSeconds.map { .number($0) } ?? .null),
      SpeechEvent.Field("cost_cents", costCents.map { .number($0) } ?? .null),
      SpeechEvent.Field("currency", currency.map { .text($0) } ?? .null),
      SpeechEvent.Field("missed", .count(expectationsMissed)),
      SpeechEvent.Field("errors", .count(problems)),
    ]
  }
}
