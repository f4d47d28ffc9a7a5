import Glibc
import KugelConversation
import KugelSession
import KugelText

/// Text for `say` and `stream`: a known one, then whatever a descriptor brings, cut into turns.
package final class TextFlow: SpeechInput {
  /// Text that is complete and was not handed on; nil when all was.
  private var known: KnownText?
  private var input: AnswerInput?
  /// What stands in place of both.
  private var written: [AnswerText.Part]?
  private let answerReading: TextReading?
  private var cutter: TurnCutter
  private var reader: TextReader
  /// The turn under way was cut: the rest of its text is not spoken.
  private var isSkipping = false
  private var interrupts = InterruptBurst()
  /// The sound is being cut for an interrupt.
  private var isSilencing = false

  /// - Parameters:
  ///   - known: text that is complete; it ends its turn when nothing flows after it. It is handed on
  ///     a piece at a time, as the session holds what was not answered.
  ///   - descriptor: where more comes from, at its own pace.
  ///   - name: of the descriptor, for messages.
  ///   - answers: how to read what a model may have written there.
  ///   - answerReading: how its answer is read aloud; nil: as any text.
  package init(
    known: KnownText? = nil, descriptor: CInt? = nil, named name: String = "standard input",
    mark: TurnEnd = .endOfInput, reading: TextReading = .raw,
    answers: AnswerReading = .text, answerReading: TextReading? = nil
  ) {
    self.answerReading = answerReading
    self.known = known
    input = descriptor.map {
      AnswerInput(descriptor: $0, name: name, allowsNUL: mark == .nul, answers)
    }
    cutter = TurnCutter(mark: mark)
    reader = TextReader(reading)
  }

  package convenience init(known: String, reading: TextReading = .raw) {
    self.init(known: KnownText([.text(known)]), reading: reading)
  }

  /// The stream of a model that is known completely.
  package init(written: String, answers: AnswerReading, reading: TextReading) {
    var text = AnswerText(answers)
    self.written = (text.read(Array(written.utf8)) + text.finish()).map { part in
      if case .plain(let bytes) = part {
        .text(String(decoding: bytes, as: UTF8.self))
      } else {
        part
      }
    }
    answerReading = nil
    cutter = TurnCutter(mark: .endOfInput)
    reader = TextReader(reading)
  }

  /// What is read is typed on this line of the terminal.
  package func show(on line: CopiedLine?) { input?.echo = line }

  package var descriptor: CInt { known == nil ? input?.descriptor ?? -1 : -1 }
  package var deadline: ContinuousClock.Instant? { earliest(cutter.deadline, reader.deadline) }

  package func begin(
    in run: HappeningStream, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    next(at: now) ?? []
  }

  package func next(at now: ContinuousClock.Instant) -> [SpeechInputEvent]? {
    if let parts = written {
      written = nil
      return (parts.flatMap { take($0, at: now) } + end(at: now)).joined
    }
    guard known != nil else { return nil }
    var events: [SpeechInputEvent]
    switch known?.next() {
    case .text(let text): events = take(text, at: now)
    case .flawed(let text, let name, let remarks):
      events = take(text, at: now) + remarks.map { .warning($0.sentence(about: name)) }
    case .reading(let reading): return reader.change(to: reading)
    case .unreadable(let name, let code):
      known = nil
      return [.unreadable(name, code: code)] + end(at: now)
    case .binary(let name, let error):
      known = nil
      return [.binary(name, error)] + end(at: now)
    case nil: events = []
    }
    if known?.isAtEnd ?? true {
      known = nil
      if input == nil { events += end(at: now) }
    }
    return events.joined
  }

  package func ready(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    guard let name = input?.name else { return [] }
    switch input?.read() {
    case nil: return []
    case .parts(let parts, let isLast):
      let events = parts.flatMap { take($0, at: now) } + remarks(about: name)
      return (events + (isLast ? end(at: now) : [])).joined
    case .failed(let code): return [.unreadable(name, code: code)] + end(at: now)
    case .binary(let error): return [.binary(name, error)] + end(at: now)
    }
  }

  package func tick(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    (reader.tick(at: now) + cutter.tick(at: now).flatMap { event($0, at: now) }).joined
  }

  /// Where turns follow one another the first interrupt is for what is being said; a second one within
  /// a second leaves.
  package func signal(
    _ signal: RunSignal, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent]? {
    guard cutter.mark != .endOfInput else { return nil }
    switch signal {
    case .togglePause: return nil
    case .interrupt: if interrupts.strike(at: now) > 1 { return nil }
    case .skip: break
    }
    (isSkipping, isSilencing) = (cutter.isInTurn, true)
    reader.drop()
    return [.silence]
  }

  package func silenced(
    _ happenings: [Happening], at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    defer { isSilencing = false }
    return isSilencing ? [.session(.cancel)] : []
  }

  private func take(_ text: String, at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    cutter.append(text, at: now).flatMap { event($0, at: now) }
  }

  private func take(
    _ part: AnswerText.Part, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    switch part {
    case .text(let text): take(text, at: now)
    case .endTurn: cutter.finish().flatMap { event($0, at: now) }
    case .event(let event): [event]
    case .begin: answerReading.map { reader.change(to: $0) } ?? []
    // It was decoded where it was read.
    case .plain: []
    }
  }

  private func end(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    input = nil
    // Ctrl-C ends whoever writes to us too: it was the interrupt, not the end of the text.
    if interrupts.isUnderWay(at: now) { return [.leave(SIGINT)] }
    return cutter.finish().flatMap { event($0, at: now) } + [.session(.finish)]
  }

  private func event(
    _ piece: TurnCutter.Piece, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    switch piece {
    case .text(let text): return isSkipping ? reader.skip(text) : reader.read(text, at: now)
    case .skipped(let text): return reader.skip(text)
    case .endTurn:
      defer { isSkipping = false }
      return isSkipping ? [] : reader.finish() + [.session(.endTurn)]
    }
  }

  private func remarks(about name: String) -> [SpeechInputEvent] {
    input?.remarks().map { .warning($0.sentence(about: name)) } ?? []
  }
}
