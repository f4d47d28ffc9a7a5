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
    return take(String(piece), at: now) + (known.isEmpty && input == nil ? end() : [])
  }

  package func ready(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    switch input?.read() {
    case nil: []
    case .text(let text, let bytes): [.copy(bytes)] + take(text, at: now) + noteInvalid()
    case .end(let rest): take(rest, at: now) + noteInvalid() + end()
    case .failed(let code): [.unreadable(code: code)] + end()
    }
  }

  package func tick(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    cutter.tick(at: now).map(event)
  }

  private func take(_ text: String, at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    cutter.append(text, at: now).map(event)
  }

  private func end() -> [SpeechInputEvent] {
    input = nil
    return cutter.finish().map(event) + [.session(.finish)]
  }

  private func event(_ piece: TurnCutter.Piece) -> SpeechInputEvent {
    switch piece {
    case .text(let text): .session(.text(text))
    case .endTurn: .session(.endTurn)
    }
  }

  private func noteInvalid() -> [SpeechInputEvent] {
    guard !toldInvalid, let offset = input?.firstInvalidOffset else { return [] }
    toldInvalid = true
    return [.invalidText(offset: offset)]
  }
}
