import KugelSession
import KugelText
import KugelWire

// Replies as lines of text, for people and for programs that read lines.
extension ConversationReply {
  /// Lines without their ends; most replies are one, some are none.
  ///
  /// - Parameters:
  ///   - turn: of what it is about.
  ///   - line: of the input that it answers.
  ///   - explain: words for what went wrong with the service.
  package func lines(
    turn: Int?, line: Int?, explain: (SessionFailure) -> SpeechEvent.Trouble
  ) -> [String] {
    let head = turn.map { "turn \($0) " } ?? ""
    switch self {
    case .accepted, .usage: return []
    case .started: return ["\(head)started"]
    case .firstSound(let after): return ["\(head)first-sound \(Self.milliseconds(after))"]
    case .done(let figures):
      return [
        "\(head)done audio=\(Self.seconds(figures)) chars=\(figures.characters) gaps=\(figures.gaps)"
      ]
    case .heard: return ["\(head)heard"]
    case .cancelled(_, let text, _):
      return [
        "\(head)cancelled heard=\(Quoting.quote(text.heard)) unheard=\(Quoting.quote(text.unheard))"
          + (text.isEstimated ? " estimated" : "")
      ]
    case .failed(_, let failure):
      return ["\(head)failed: \(Quoting.oneLine(explain(failure).message))"]
    case .empty: return ["\(head)empty"]
    case .mark(let name): return ["mark \(Self.word(name))" + (turn.map { " turn=\($0)" } ?? "")]
    case .warning(let text): return ["\(head)warning: \(Quoting.oneLine(text))"]
    case .retrying(let attempt, let delay, let cause):
      return ["retry \(attempt) in \(Self.milliseconds(delay)): \(Quoting.oneLine(cause))"]
    case .resumed: return ["\(head)resumed"]
    case .unreachable(let failure):
      return ["service failed: \(Quoting.oneLine(explain(failure).message))"]
    case .problem(let message):
      return ["error\(line.map { " line \($0)" } ?? ""): \(Quoting.oneLine(message))"]
    case .flushed: return ["\(head)flushed, which ends it"]
    case .armed(let after): return ["\(head)cancel after \(Self.milliseconds(after))"]
    case .notArmed: return ["\(head)not cancelled: it was over"]
    case .nothingToCancel: return ["nothing to cancel"]
    case .settings(let live, let waiting, let reconnecting):
      return [Self.settings(live: live, waiting: waiting, reconnecting: reconnecting)]
    case .paused(let paused): return [paused ? "paused" : "resumed"]
    case .volume(let level): return ["volume \(level.shortText)dB"]
    case .recording(let path): return [path.map { "recording \(Self.word($0))" } ?? "recording off"]
    case .expectation(let expectation, let actual, let isMet):
      let found = actual.map(\.text) ?? "not known"
      return ["expect \(expectation.source): \(isMet ? "ok" : "missed"), \(found)"]
    case .status(let status): return status.lines
    case .totals(let totals): return ["usage \(totals.text)"]
    case .voices(let voices):
      return voices.isEmpty ? ["no voice"] : voices.map { "voice \($0.line)" }
    case .help: return Self.commands
    case .summary(let totals): return ["session \(totals.text)"]
    }
  }

  private static func settings(
    live: [SettingChange], waiting: [SettingChange], reconnecting: [SettingKey]
  ) -> String {
    let parts = [
      ("live", live.map(\.text)), ("waiting", waiting.map(\.text)),
      ("reconnecting", reconnecting.map(\.rawValue)),
    ].filter { !$0.1.isEmpty }
    return "set " + parts.map { "\($0.0) " + $0.1.joined(separator: " ") }.joined(separator: " ")
  }

  private static var commands: [String] {
    let widest = CommandName.allCases.map(\.form.count).max() ?? 0
    return CommandName.allCases.map { name in
      let gap = String(repeating: " ", count: widest - name.form.count + 2)
      return "/\(name.form)\(gap)\(name.meaning)"
    }
  }

  static func milliseconds(_ duration: Duration) -> String {
    duration.milliseconds.text(digits: 0) + "ms"
  }

  static func seconds(_ figures: TurnFigures) -> String {
    figures.audioSeconds.text(digits: 2) + "s"
  }

  /// In quotes if it would not be one word.
  private static func word(_ text: String) -> String {
    text.isEmpty || text.contains { $0.isWhitespace || $0 == "\"" || $0 == "\\" }
      ? Quoting.quote(text) : text
  }
}

extension ConversationStatus {
  fileprivate var lines: [String] {
    var words = ["status", "connection=\(connected ? "open" : "closed")"]
    words.append("turn=\(current.map(\.description) ?? "none")")
    words += waiting.map { "waiting:\($0.text)" }
    if let totals = lastFinal?.totals {
      words.append("last-final-audio=\(totals.audioSeconds.text(digits: 2))s")
      words.append("last-final-chunks=\(totals.textChunks)")
    }
    return [words.joined(separator: " ")] + (figures.map { [$0.line] } ?? [])
  }
}

extension TurnFigures {
  /// Everything known of the turn.
  var line: String {
    var words = ["turn \(turn)", reason.rawValue]
    func add(_ name: String, _ value: String?) { words.append("\(name)=\(value ?? "unknown")") }
    add("first-byte", timeToFirstAudio.map(ConversationReply.milliseconds))
    add("first-sound", timeToFirstSound.map(ConversationReply.milliseconds))
    add("audio", ConversationReply.seconds(self))
    add("chars", "\(characters)")
    add("gaps", "\(gaps)")
    add("segments", "\(segments)")
    add("charged", usage.map { $0.audioSeconds.text(digits: 2) + "s" })
    add("cost", usage?.costCents.map { $0.shortText + "ct" })
    if let model = usage?.model { add("model", model) }
    if let totals = final?.totals {
      add("final-audio", totals.audioSeconds.text(digits: 2) + "s")
      add("final-chunks", "\(totals.textChunks)")
    }
    return words.joined(separator: " ")
  }
}

extension ConversationTotals {
  fileprivate var text: String {
    var words = ["turns=\(turns)"]
    if cancelled > 0 { words.append("cancelled=\(cancelled)") }
    if failed > 0 { words.append("failed=\(failed)") }
    words.append("audio=\(audioSeconds.text(digits: 2))s")
    words.append("chars=\(characters)")
    words.append("gaps=\(gaps)")
    words.append("charged=\(chargedSeconds.map { $0.text(digits: 2) + "s" } ?? "unknown")")
    words.append("cost=\(costCents.map { $0.shortText + "ct" } ?? "unknown")")
    if expectationsMissed > 0 { words.append("missed=\(expectationsMissed)") }
    if problems > 0 { words.append("errors=\(problems)") }
    return words.joined(separator: " ")
  }
}

extension Voice {
  fileprivate var line: String {
    ([reference.description, name]
      + [languages.joined(separator: ","), sex?.rawValue].compactMap(\.self))
      .joined(separator: " ")
  }
}
