import Glibc
import KugelCore

/// Text for `say` and `stream`: a known one, then whatever a descriptor brings, cut into turns.
package final class TextFlow: SpeechInput {
  /// Scalars of known text that are handed on at once: some turns' worth, as the session holds what
  /// was not answered.
  private static let piece = 60_000

  /// Known text that was not handed on.
  private var known: Substring.UnicodeScalarView
  private var input: TextInput?
  private var cutter: TurnCutter
  private var toldInvalid = false
  /// The turn under way was cut: the rest of its text is not spoken.
  private var isSkipping = false
  private var interruptedAt: ContinuousClock.Instant?

  /// - Parameters:
  ///   - known: text that is complete; it ends its turn when nothing flows after it.
  ///   - descriptor: where more comes from, at its own pace.
  package init(known: String = "", descriptor: CInt? = nil, mark: TurnMark = .endOfInput) {
    self.known = known[...].unicodeScalars
    input = descriptor.map(TextInput.init)
    cutter = TurnCutter(mark: mark)
  }

  package var descriptor: CInt { known.isEmpty ? input?.descriptor ?? -1 : -1 }
  package var deadline: ContinuousClock.Instant? { cutter.deadline }

  package func begin(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    handOn(at: now)
  }

  package func next(at now: ContinuousClock.Instant) -> [SpeechInputEvent]? {
    known.isEmpty ? nil : handOn(at: now)
  }

  private func handOn(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    let piece = known.prefix(Self.piece)
    known = known[piece.endIndex...]
    return take(String(piece), at: now) + (known.isEmpty && input == nil ? end(at: now) : [])
  }

  package func ready(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    switch input?.read() {
    case nil: []
    case .text(let text, let bytes): [.copy(bytes)] + take(text, at: now) + noteInvalid()
    case .end(let rest): take(rest, at: now) + noteInvalid() + end(at: now)
    case .failed(let code): [.unreadable(code: code)] + end(at: now)
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
    guard signal == .interrupt, cutter.mark != .endOfInput, !wasInterrupted(by: now) else {
      return nil
    }
    interruptedAt = now
    isSkipping = cutter.isInTurn
    return [.silence]
  }

  package func silenced(at position: Int, now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    interruptedAt == nil ? [] : [.session(.cancel)]
  }

  private func wasInterrupted(by now: ContinuousClock.Instant) -> Bool {
    interruptedAt.map { now - $0 < .seconds(1) } ?? false
  }

  private func take(_ text: String, at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    cutter.append(text, at: now).flatMap(event)
  }

  private func end(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    input = nil
    // Ctrl-C ends whoever writes to us too: it was the interrupt, not the end of the text.
    if wasInterrupted(by: now) { return [.leave(SIGINT)] }
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
    guard !toldInvalid, let offset = input?.firstInvalidOffset else { return [] }
    toldInvalid = true
    return [.invalidText(offset: offset)]
  }
}
