/// Reads what a language model or an agent writes, in pieces cut anywhere, and says what of it is the answer.
/// It holds no more than one object.
///
/// Source: stream notes.
package struct ModelStreamReader: Sendable {
  private enum State: Sendable {
    case guessing(FormatGuess)
    case text
    case ollamaRun(OllamaRunFilter)
    case framed(FramedStream)
  }

  /// What the input is; `auto` while that is not known.
  package private(set) var format: StreamFormat
  private var state: State

  package init(_ format: StreamFormat) {
    self.format = format
    state =
      switch format {
      case .auto: .guessing(FormatGuess())
      case .ollamaRun: .ollamaRun(OllamaRunFilter())
      default:
        format.decoder.map { .framed(FramedStream(format.framing, $0, name: format.rawValue)) }
          ?? .text
      }
  }

  package mutating func read(_ bytes: [UInt8]) -> [StreamEvent] {
    guard !bytes.isEmpty else { return [] }
    switch state {
    case .text: return [.plain(bytes)]
    case .guessing(var guess):
      let verdict = guess.read(bytes)
      state = .guessing(guess)
      return take(verdict, of: guess)
    case .ollamaRun(var filter):
      defer { state = .ollamaRun(filter) }
      return filter.read(bytes)
    case .framed(var stream):
      // So that there is one copy only, and it grows in place.
      state = .text
      defer { state = .framed(stream) }
      return stream.read(bytes)
    }
  }

  /// The input has ended.
  package mutating func finish() -> [StreamEvent] {
    switch state {
    case .text: return []
    case .guessing(var guess):
      let verdict = guess.finish()
      return take(verdict, of: guess) + (guess.held.isEmpty ? [] : finish())
    case .ollamaRun(var filter): return filter.finish()
    case .framed(var stream): return stream.finish()
    }
  }

  private mutating func take(_ verdict: FormatGuess.Verdict, of guess: FormatGuess) -> [StreamEvent]
  {
    switch verdict {
    case .undecided: return []
    case .text(let resembled):
      (format, state) = (.text, .text)
      var events: [StreamEvent] = []
      if let resembled {
        events.append(
          .warning(
            "the input resembles \(resembled) and is none that kugel knows: it is read as text"))
      }
      if !guess.held.isEmpty { events.append(.plain(guess.held)) }
      return events
    case .format(let format):
      self = ModelStreamReader(format)
      return read(guess.held)
    case .error(let like):
      format = like
      state = .framed(FramedStream(like.framing, ErrorBodyDecoder(), name: like.rawValue))
      return read(guess.held)
    }
  }
}
