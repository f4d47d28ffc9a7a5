import Glibc
import KugelSession
import KugelText

/// Text for `say` and `stream`: a known one, then whatever a descriptor brings, cut into turns.
package final class TextFlow: SpeechInput {
  /// Text that is complete and was not handed on; nil when all was.
  private var known: KnownText?
  private var input: TextInput?
  private var cutter: TurnCutter
  private var toldInvalid = false
  /// The turn under way was cut: the rest of its text is not spoken.
  private var isSkipping = false
  private var interrupts = InterruptBurst()
  /// The sound is being cut for an interrupt.
  private var isSilencing = false

  /// - Parameters:
  ///   - known: text that is complete; it ends its turn when nothing flows after it. It is handed on
  ///     a piece at a time, as the session holds what was not answered.
  ///   - descriptor: where more comes from, at its own pace.
  package init(
    known: KnownText? = nil, descriptor: CInt? = nil, mark: TurnMark = .endOfInput
  ) {
    self.known = known
    input = descriptor.map { TextInput(descriptor: $0) }
    cutter = TurnCutter(mark: mark)
  }

  package convenience init(known: String) { self.init(known: KnownText([.text(known)])) }

  package var descriptor: CInt { known == nil ? input?.descriptor ?? -1 : -1 }
  package var deadline: ContinuousClock.Instant? { cutter.deadline }

  package func begin(
    in run: HappeningStream, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    next(at: now) ?? []
  }

  package func next(at now: ContinuousClock.Instant) -> [SpeechInputEvent]? {
    guard known != nil else { return nil }
    switch known?.next() {
    case .text(let text): return take(text, at: now)
    case .flawed(let text, let name, let offset):
      return take(text, at: now) + [.invalidText(in: name, offset: offset)]
    case .unreadable(let name, let code):
      known = nil
      return [.unreadable(name, code: code)] + end(at: now)
    case nil:
      known = nil
      return input == nil ? end(at: now) : []
    }
  }

  package func ready(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    guard let name = input?.name else { return [] }
    switch input?.read() {
    case nil: return []
    case .text(let text, let bytes): return [.copy(bytes)] + take(text, at: now) + noteInvalid()
    case .end(let rest): return take(rest, at: now) + noteInvalid() + end(at: now)
    case .failed(let code): return [.unreadable(name, code: code)] + end(at: now)
    }
  }

  package func tick(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    cutter.tick(at: now).flatMap(event)
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
    return [.silence]
  }

  package func silenced(
    _ happenings: [Happening], at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    defer { isSilencing = false }
    return isSilencing ? [.session(.cancel)] : []
  }

  private func take(_ text: String, at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    cutter.append(text, at: now).flatMap(event)
  }

  private func end(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    input = nil
    // Ctrl-C ends whoever writes to us too: it was the interrupt, not the end of the text.
    if interrupts.isUnderWay(at: now) { return [.leave(SIGINT)] }
    return cutter.finish().flatMap(event) + [.session(.finish)]
  }

  private func event(_ piece: TurnCutter.Piece) -> [SpeechInputEvent] {
    switch piece {
    case .text(let text): return [isSkipping ? .skipped(text) : .session(.text(text))]
    case .skipped(let text): return [.skipped(text)]
    case .endTurn:
      defer { isSkipping = false }
      return isSkipping ? [] : [.session(.endTurn)]
    }
  }

  private func noteInvalid() -> [SpeechInputEvent] {
    guard !toldInvalid, let input, let offset = input.firstInvalidOffset else { return [] }
    toldInvalid = true
    return [.invalidText(in: input.name, offset: offset)]
  }
}
