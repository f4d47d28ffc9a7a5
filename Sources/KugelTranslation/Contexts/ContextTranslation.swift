import KugelText
import KugelWire

/// Lets a session talk to a socket of contexts, as some services have it, as if it were the one of turns.
///
/// Each turn is a context of its own, closed where the turn's text ends; its final frame is the end of
/// the turn. A turn begins when the one before has been answered, so that answers come in the order of
/// the turns. What a socket keeps for all its contexts needs another socket when it changes; where a socket
/// has one context only, each turn takes another one, and a cut is its end.
///
/// Pure. Source: ElevenLabs notes, sections 7, 8 and 12.
package struct ContextTranslation: Sendable {
  package typealias Output = TurnTranslation.Output

  /// Sticky, like on the socket of turns.
  private var settings: TurnSettings
  /// Those of the socket.
  private var place: TurnSettings
  private var isReopening = false
  /// It has had a context.
  private var isUsed = false
  /// The first is under way.
  private var turns: [ContextTurn] = []
  /// Contexts opened so far.
  private var count = 0
  private var lastSent: ContinuousClock.Instant?
  private let confirmsCancel: Bool
  /// The context that was given up, as long as its end is waited for.
  private var cancelling: String?

  private let service: ServiceCapabilities
  /// A socket has one context, which has no name there.
  private var hasOneEach: Bool { service.turns == .connections }

  /// - Parameters:
  ///   - settings: those that the socket was opened with.
  ///   - confirmsCancel: whether a cancel is answered when the service has ended the context, for whoever
  ///     measures that; else at once, as the next turn need not wait for it.
  package init(
    _ service: ServiceCapabilities, settings: TurnSettings, confirmsCancel: Bool = false
  ) {
    self.service = service
    self.settings = settings
    self.confirmsCancel = confirmsCancel
    place = service.settings.part(of: settings, for: .newConnection)
  }

  /// When `tick` is due.
  package var deadline: ContinuousClock.Instant? {
    [keepAliveDue, turns.first?.deadline].compactMap(\.self).min()
  }

  /// An open context must not be silent for long.
  private var keepAliveDue: ContinuousClock.Instant? {
    guard let turn = turns.first, turn.context != nil, !turn.isEnded else { return nil }
    let patience = turn.settings.inactivityTimeoutSeconds.map { Duration.seconds($0 / 2) }
    return lastSent.map { $0 + min(service.keepAlive, patience ?? service.keepAlive) }
  }

  package mutating func send(_ frame: ClientFrame, at now: ContinuousClock.Instant) -> Output {
    var output = Output()
    settings.merge(frame.settings)
    if frame.cancel { cancel(&output) }
    if let update = frame.update { apply(update, &output) }
    if let text = frame.text { append(text) }
    if frame.flush || frame.close { endTurn(&output) }
    proceed(&output, at: now)
    if frame.closeSocket, !hasOneEach { output.frames.append(.closeSocket) }
    if !output.frames.isEmpty { lastSent = now }
    return output
  }

  /// - Parameter context: the one it is of; nil where the message does not tell.
  package mutating func receive(
    _ message: ServiceMessage, context: String?, at now: ContinuousClock.Instant
  ) -> Output {
    var output = Output()
    if let context, context == cancelling { return receiveWhileCancelling(message) }
    // What still comes for a context that was given up is nobody's.
    if let context, context != turns.first?.context { return output }
    switch message {
    case .audio(let frame):
      guard !turns.isEmpty else { return output }
      turns[0].heard(frame)
      output.messages = [turns[0].numbers.counted(message)]
    case .contextClosed:
      guard let turn = turns.first, turn.context != nil else { return output }
      if turn.isClosing, turn.hasLater {
        output.messages += turns[0].beginNextPart()
        break
      }
      if !turn.isEnded { output.messages.append(.warning(.contextClosed)) }
      output.messages += endFirstTurn()
    case .error(let error):
      // A silent socket is about to be closed; that is news only while it is needed.
      guard !turns.isEmpty || !error.isInactivity else { return output }
      if !turns.isEmpty { turns.removeFirst() }
      output.messages = [message]
    case .generationStarted, .wordTimes, .chunkComplete, .warning, .final, .sessionClosed,
      .interrupted, .settingsUpdated, .contextCreated, .contextTimeout:
      if !turns.isEmpty { output.messages = [turns[0].numbers.counted(message)] }
    }
    proceed(&output, at: now)
    if !output.frames.isEmpty { lastSent = now }
    return output
  }

  /// The socket is gone.
  ///
  /// - Returns: whether nobody needs to know.
  mutating func lost() -> Bool {
    guard hasOneEach, !isReopening, turns.first?.context == nil else { return false }
    isUsed = true
    return true
  }

  /// The socket that was asked for is there.
  package mutating func opened(at now: ContinuousClock.Instant) -> Output {
    isReopening = false
    var output = Output()
    proceed(&output, at: now)
    lastSent = now
    return output
  }

  package mutating func tick(at now: ContinuousClock.Instant) -> Output {
    var output = Output()
    if let due = turns.first?.deadline, now >= due {
      turns[0].tick(at: now)
      sendText(&output, at: now)
    }
    if let keepAliveDue, now >= keepAliveDue, output.frames.isEmpty {
      var frame = ClientFrame()
      frame.context = turns.first?.context
      frame.keepAlive = true
      output.frames = [frame]
    }
    if !output.frames.isEmpty { lastSent = now }
    return output
  }

  // MARK: Turns

  private mutating func append(_ text: String) {
    if turns.last.map(\.isEnded) ?? true {
      turns.append(
        ContextTurn(
          settings,
          removing: service.keptTags(settings).map {
            MarkupRemover(keeping: $0, language: settings.language)
          }, feeding: service.feeding(settings)))
    }
    let last = turns.count - 1
    turns[last].take(text)
  }

  private mutating func endFirstTurn() -> [ServiceMessage] {
    turns.removeFirst()
    // What was spoken is counted where it is heard: the service states nothing.
    return [.final(FinalStatistics()), .sessionClosed(TurnTotals(), usage: nil)]
  }

  private mutating func endTurn(_ output: inout Output) {
    guard let last = turns.indices.last, !turns[last].isEnded else {
      // Nothing was said: there is no turn to be closed.
      output.messages.append(.sessionClosed(TurnTotals(), usage: nil))
      return
    }
    turns[last].end()
  }

  private mutating func cancel(_ output: inout Output) {
    if hasOneEach {
      output.hangsUp = isUsed && !turns.isEmpty
      turns = []
      output.messages.append(.interrupted)
      return
    }
    // To one that is closed already nothing may be said: the id could have become a new context's.
    if let turn = turns.first, let context = turn.context, !turn.isClosing {
      var frame = ClientFrame()
      frame.context = context
      frame.closeContext = true
      output.frames.append(frame)
    }
    cancelling = confirmsCancel ? turns.first?.context : nil
    turns = []
    if cancelling == nil { output.messages.append(.interrupted) }
  }

  private mutating func receiveWhileCancelling(_ message: ServiceMessage) -> Output {
    var output = Output()
    switch message {
    case .audio: output.messages = [message]
    case .contextClosed, .error:
      cancelling = nil
      output.messages = [.interrupted]
    case .generationStarted, .wordTimes, .chunkComplete, .warning, .final, .sessionClosed,
      .interrupted, .settingsUpdated, .contextCreated, .contextTimeout:
      break
    }
    return output
  }

  /// Sends what the turn under way has, and begins those behind it that hold nothing to say.
  private mutating func proceed(_ output: inout Output, at now: ContinuousClock.Instant) {
    while !isReopening, let turn = turns.first {
      let isBlank = turn.text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
      if turn.context == nil {
        if isBlank, turn.hasLater {
          output.messages += turns[0].beginNextPart()
          continue
        }
        if isBlank {
          guard turn.isEnded else { return }
          guard turn.samples == 0 else {
            output.messages += endFirstTurn()
            continue
          }
          turns.removeFirst()
          output.messages.append(.sessionClosed(TurnTotals(), usage: nil))
          continue
        }
        let wanted = service.settings.part(of: turn.settings, for: .newConnection)
        guard wanted == place, !(hasOneEach && isUsed) else {
          place = wanted
          isUsed = false
          isReopening = true
          output.reopen = turn.settings
          return
        }
        count += 1
        isUsed = true
        turns[0].context = "turn-\(count)"
        output.frames.append(
          .opening(
            "turn-\(count)", settings: service.settings.part(of: turn.partSettings, for: .nextTurn))
        )
      }
      sendText(&output, at: now)
      return
    }
  }

  private mutating func sendText(_ output: inout Output, at now: ContinuousClock.Instant) {
    if let message = turns[0].nextMessage(at: now) {
      var frame = ClientFrame()
      if !message.text.isEmpty { frame.text = message.text }
      frame.flush = message.flush
      frame.context = turns[0].context
      output.frames.append(frame)
    }
    guard turns[0].isEnded || turns[0].hasLater, !turns[0].isClosing else { return }
    turns[0].isClosing = true
    var close = ClientFrame()
    close.context = turns[0].context
    close.closeContext = true
    if !hasOneEach {
      var flush = ClientFrame.flush
      flush.context = turns[0].context
      output.frames.append(flush)
    }
    output.frames.append(close)
  }

  // MARK: Settings

  private mutating func apply(_ update: SettingsUpdate, _ output: inout Output) {
    guard update.cfgScale == nil, update.temperature == nil, update.maxNewTokens == nil else {
      output.messages.append(
        .error(
          .invalidUpdate("cfg_scale, temperature and max_new_tokens are of another protocol")))
      return
    }
    settings.speed = update.speed ?? settings.speed
    settings.language = update.language ?? settings.language
    settings.normalize = update.normalize ?? settings.normalize
    output.messages.append(
      .settingsUpdated(
        SettingsInEffect(
          cfgScale: 0, temperature: nil, maxNewTokens: 0, language: settings.language,
          normalize: settings.normalize ?? true, speed: settings.speed ?? 1)))
  }
}
