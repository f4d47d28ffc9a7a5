import KugelCore

/// Text for `say` and `stream`: a known one, then whatever a descriptor brings, cut into turns.
package final class TextFlow: SpeechInput {
  private let known: String
  private var input: TextInput?
  private var cutter: TurnCutter
  private var toldInvalid = false

  /// - Parameters:
  ///   - known: text that is complete; it ends its turn when nothing flows after it.
  ///   - descriptor: where more comes from, at its own pace.
  package init(known: String = "", descriptor: CInt? = nil, mark: TurnMark = .endOfInput) {
    self.known = known
    input = descriptor.map(TextInput.init)
    cutter = TurnCutter(mark: mark)
  }

  package var descriptor: CInt { input?.descriptor ?? -1 }
  package var deadline: ContinuousClock.Instant? { cutter.deadline }

  package func begin(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    take(known, at: now) + (input == nil ? end() : [])
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
