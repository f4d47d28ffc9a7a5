import KugelWire

/// Lets a session talk to the endpoint of complete texts as if it were the one of growing texts.
///
/// A turn's text and flush become one request, which goes out when the one before has been answered;
/// `final` becomes the end of the turn.
///
/// Pure. Source: protocol notes, section 4.
package struct OneShotTranslation: Equatable, Sendable {
  package typealias Output = TurnTranslation.Output

  /// Requests repeat them: nothing is sticky there.
  private var settings = TurnSettings()
  private var text = ""
  private var waiting: [ClientFrame] = []
  private var isBusy = false
  private var cancelling = false

  package init() {}

  package mutating func send(_ frame: ClientFrame) -> Output {
    var output = Output()
    settings.merge(frame.settings)
    if frame.cancel {
      text = ""
      waiting = []
      isBusy = false
      cancelling = true
      output.frames.append(.cancel)
    }
    if let update = frame.update { output.frames.append(.update(update)) }
    text += frame.text ?? ""
    if frame.flush || frame.close {
      if text.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
        output.messages.append(.sessionClosed(TurnTotals(), usage: nil))
      } else {
        waiting.append(ClientFrame(text: text, settings: settings, flush: true))
      }
      text = ""
    }
    output.frames += next()
    return output
  }

  package mutating func receive(_ message: ServiceMessage) -> Output {
    var output = Output(messages: [message])
    switch message {
    case .final(let statistics):
      // A request that was over before the cancel reached it ends twice.
      if cancelling { return output }
      isBusy = false
      let seconds = statistics.usage?.audioSeconds ?? (statistics.durationMilliseconds ?? 0) / 1000
      let totals = TurnTotals(audioSeconds: seconds, textChunks: statistics.chunks ?? 0)
      output.messages.append(.sessionClosed(totals, usage: statistics.usage))
    case .interrupted:
      cancelling = false
    case .error:
      isBusy = false
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .warning, .sessionClosed,
      .settingsUpdated, .contextCreated, .contextTimeout, .contextClosed:
      break
    }
    output.frames += next()
    return output
  }

  private mutating func next() -> [ClientFrame] {
    guard !isBusy, !cancelling, !waiting.isEmpty else { return [] }
    isBusy = true
    return [waiting.removeFirst()]
  }
}
