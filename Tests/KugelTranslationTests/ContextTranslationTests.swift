import Testing

@testable import KugelTranslation
@testable import KugelWire

@Suite struct ContextTranslationTests {
  private let start = ContinuousClock.now
  private var settings: TurnSettings {
    var settings = TurnSettings()
    settings.voice = .handle("george")
    return settings
  }

  private func text(_ text: String, _ context: String) -> ClientFrame {
    var frame = ClientFrame(text: text)
    frame.context = context
    return frame
  }

  private func opening(_ context: String) -> ClientFrame {
    ClientFrame.opening(context, settings: TurnSettings())
  }

  private func ending(_ context: String) -> [ClientFrame] {
    var flush = ClientFrame.flush
    flush.context = context
    return [flush, closing(context)]
  }

  private func closing(_ context: String) -> ClientFrame {
    var close = ClientFrame()
    (close.context, close.closeContext) = (context, true)
    return close
  }

  private func sound(_ count: Int) -> ServiceMessage {
    .audio(AudioFrame(samples: Array(repeating: 1, count: count), rate: 24_000, index: 0, chunk: 0))
  }

  private let closed: [ServiceMessage] = [
    .final(FinalStatistics()), .sessionClosed(TurnTotals(), usage: nil),
  ]

  @Test func `a turn is a context, opened with its first text and closed with its last`() {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    #expect(contexts.send(ClientFrame(text: " "), at: start).frames == [])
    #expect(
      contexts.send(ClientFrame(text: "Hi ", settings: settings), at: start).frames
        == [opening("turn-1")])
    #expect(
      contexts.send(ClientFrame(text: "you."), at: start).frames == [text(" Hi you. ", "turn-1")])
    #expect(contexts.send(.flush, at: start).frames == ending("turn-1"))
    #expect(contexts.receive(sound(480), context: "turn-1", at: start).messages == [sound(480)])
    #expect(
      contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start).messages
        == closed)
  }

  @Test func `turns wait for one another`() {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    _ = contexts.send(ClientFrame(text: "One.", settings: settings, flush: true), at: start)
    #expect(contexts.send(ClientFrame(text: "Two.", flush: true), at: start).frames == [])
    let next = contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start)
    #expect(next.frames == [opening("turn-2"), text("Two.", "turn-2")] + ending("turn-2"))
    #expect(next.messages == closed)
  }

  @Test func `what comes for a context that was given up is nobody's`() {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    _ = contexts.send(ClientFrame(text: "One.", settings: settings), at: start)
    let cut = contexts.send(.cancel, at: start)
    #expect(cut.frames == [closing("turn-1")] && cut.messages == [.interrupted])
    _ = contexts.send(ClientFrame(text: "Two.", flush: true), at: start)
    #expect(contexts.receive(sound(9), context: "turn-1", at: start).messages == [])
    #expect(
      contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start)
        == ContextTranslation.Output())
    #expect(contexts.receive(sound(7), context: "turn-2", at: start).messages == [sound(7)])
    // The turn was closed already; another word could open a context of that name.
    #expect(contexts.send(.cancel, at: start).frames == [])
  }

  @Test func `who measures hears strays, and the answer when the service has ended the context`() {
    var contexts = ContextTranslation(
      ServiceProtocol.elevenLabs.capabilities, settings: settings, confirmsCancel: true)
    _ = contexts.send(ClientFrame(text: "One.", settings: settings), at: start)
    let cut = contexts.send(.cancel, at: start)
    #expect(cut.frames == [closing("turn-1")] && cut.messages == [])
    #expect(contexts.receive(sound(9), context: "turn-1", at: start).messages == [sound(9)])
    #expect(
      contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start).messages
        == [.interrupted])
    #expect(contexts.receive(sound(9), context: "turn-1", at: start).messages == [])
    // Nothing was begun: there is nothing to wait for.
    #expect(contexts.send(.cancel, at: start).messages == [.interrupted])
  }

  @Test func `a turn with nothing to say but tags is over at once`() {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    let empty = contexts.send(
      ClientFrame(text: "<spell></spell> ", settings: settings, flush: true), at: start)
    #expect(empty.frames == [] && empty.messages == [.sessionClosed(TurnTotals(), usage: nil)])
    #expect(contexts.send(.flush, at: start).messages.count == 1)
  }

  private func silence(_ count: Int, chunk: Int, index: Int) -> [ServiceMessage] {
    [
      .generationStarted(chunk: chunk, text: ""),
      .audio(
        AudioFrame(
          samples: Array(repeating: 0, count: count), rate: 24_000, index: index, chunk: chunk)),
      .chunkComplete(
        chunk: chunk, audioSeconds: Double(count) / 24_000, generationMilliseconds: 0),
    ]
  }

  @Test func `a break that the service would not make is silence between two contexts`() {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    let first = contexts.send(
      ClientFrame(text: "One.<break time=\"100ms\"/> Two", settings: settings), at: start)
    #expect(first.frames == [opening("turn-1"), text("One.", "turn-1")] + ending("turn-1"))
    #expect(contexts.send(ClientFrame(text: ".", flush: true), at: start).frames == [])
    #expect(contexts.receive(sound(480), context: "turn-1", at: start).messages == [sound(480)])
    let next = contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start)
    #expect(next.messages == silence(2400, chunk: 1, index: 1))
    #expect(next.frames == [opening("turn-2"), text(" Two.", "turn-2")] + ending("turn-2"))
    let behind = AudioFrame(
      samples: Array(repeating: 1, count: 7), rate: 24_000, index: 2, chunk: 2)
    #expect(contexts.receive(sound(7), context: "turn-2", at: start).messages == [.audio(behind)])
    #expect(
      contexts.receive(.contextClosed(usage: nil), context: "turn-2", at: start).messages
        == closed)
  }

  @Test func `a turn may begin and end with pauses, and be nothing else`() {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    let begun = contexts.send(
      ClientFrame(text: "<break/> One.<break/><break/>", settings: settings, flush: true),
      at: start)
    #expect(begun.messages == silence(4800, chunk: 0, index: 0))
    #expect(begun.frames == [opening("turn-1"), text(" One.", "turn-1")] + ending("turn-1"))
    let over = contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start)
    #expect(
      over.messages
        == silence(4800, chunk: 1, index: 1) + silence(4800, chunk: 2, index: 2)
        + closed)
    #expect(over.frames == [])
    let alone = contexts.send(ClientFrame(text: "<break/>", flush: true), at: start)
    #expect(alone.messages == silence(4800, chunk: 0, index: 0) + closed)
  }

  @Test func `a break that the service makes is sent, and what is to be spelled is spelled`() {
    var settings = settings
    (settings.readsMarkup, settings.language) = (true, "de")
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    let sent = contexts.send(
      ClientFrame(text: "<spell>A@</spell> <break/>B.", settings: settings, flush: true), at: start)
    #expect(
      sent.frames == [opening("turn-1"), text("A, ät <break/>B.", "turn-1")] + ending("turn-1"))
  }

  @Test func `a span at another speed is a context of its own, with the mark behind it`() {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    let written = "One <prosody rate=\"slow\">two</prosody>. Three"
    let first = contexts.send(ClientFrame(text: written, settings: settings), at: start)
    #expect(first.frames == [opening("turn-1"), text("One ", "turn-1")] + ending("turn-1"))
    #expect(contexts.send(ClientFrame(text: ".", flush: true), at: start).frames == [])
    let slow = contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start)
    #expect(slow.messages == [] && slow.frames.first?.contextSettings.speed == 0.8)
    #expect(slow.frames.dropFirst() == [text("two. ", "turn-2")] + ending("turn-2"))
    #expect(contexts.receive(sound(480), context: "turn-2", at: start).messages == [sound(480)])
    let last = contexts.receive(.contextClosed(usage: nil), context: "turn-2", at: start)
    #expect(last.frames == [opening("turn-3"), text("Three.", "turn-3")] + ending("turn-3"))
    #expect(
      contexts.receive(.contextClosed(usage: nil), context: "turn-3", at: start).messages
        == closed)
  }

  @Test func `a turn may begin at another speed, and pauses keep it`() {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    let written = "<prosody rate=\"fast\">One<break/>two</prosody>"
    let first = contexts.send(
      ClientFrame(text: written, settings: settings, flush: true), at: start)
    #expect(first.frames.first?.contextSettings.speed == 1.2)
    #expect(first.frames.dropFirst() == [text("One", "turn-1")] + ending("turn-1"))
    let next = contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start)
    #expect(next.frames.first?.contextSettings.speed == 1.2)
    #expect(next.frames.dropFirst() == [text("two", "turn-2")] + ending("turn-2"))
  }

  @Test func `another voice needs another socket, once the turn before is over`() {
    var other = settings
    other.voice = .handle("sarah")
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    _ = contexts.send(ClientFrame(text: "One.", settings: settings, flush: true), at: start)
    #expect(
      contexts.send(ClientFrame(text: "Two.", settings: other, flush: true), at: start)
        == ContextTranslation.Output())
    let over = contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start)
    #expect(over.reopen == other && over.frames == [])
    #expect(contexts.send(ClientFrame(text: "Three.", flush: true), at: start).frames == [])
    #expect(
      contexts.opened(at: start).frames
        == [opening("turn-2"), text("Two.", "turn-2")] + ending("turn-2"))
  }

  @Test func `a sentence that the service would hold is flushed, and no word is torn`() throws {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    #expect(
      contexts.send(ClientFrame(text: "One mo", settings: settings), at: start).frames
        == [opening("turn-1")])
    #expect(
      contexts.send(ClientFrame(text: "ment. Hel"), at: start).frames
        == [text("One moment. ", "turn-1")])
    let due = try #require(contexts.deadline)
    #expect(due < start + .milliseconds(100))
    var flush = ClientFrame.flush
    flush.context = "turn-1"
    #expect(contexts.tick(at: due).frames == [flush])
    #expect(
      contexts.send(ClientFrame(text: "lo.", flush: true), at: due).frames
        == [text("Hello.", "turn-1")] + ending("turn-1"))
  }

  private var single: ServiceCapabilities {
    ServiceProtocol.elevenLabs.alternatives[0].capabilities
  }

  @Test
  func `where a socket has one context, each turn takes another, and its end is the socket's`() {
    var turns = ContextTranslation(single, settings: settings)
    #expect(
      turns.send(ClientFrame(text: "One.", settings: settings, flush: true), at: start).frames
        == [opening("turn-1"), text("One.", "turn-1"), closing("turn-1")])
    let waits = turns.send(ClientFrame(text: "Two.", flush: true), at: start)
    #expect(waits.reopen == nil && waits.frames == [])
    let over = turns.receive(.contextClosed(usage: nil), context: nil, at: start)
    #expect(over.messages == closed && over.reopen == settings && over.frames == [])
    #expect(
      turns.opened(at: start).frames
        == [opening("turn-2"), text("Two.", "turn-2"), closing("turn-2")])
    // It is lost in the middle of a turn, and once more when nothing is under way.
    let isNoNews = turns.lost()
    #expect(!isNoNews)
    _ = turns.receive(.contextClosed(usage: nil), context: nil, at: start)
    let isNoNewsLater = turns.lost()
    #expect(isNoNewsLater)
    #expect(turns.send(ClientFrame(text: "Three."), at: start).reopen == settings)
  }

  @Test func `a cut hangs up, and the next turn takes another socket`() {
    var turns = ContextTranslation(single, settings: settings)
    #expect(!turns.send(.cancel, at: start).hangsUp)
    _ = turns.send(ClientFrame(text: "One.", settings: settings), at: start)
    let cut = turns.send(.cancel, at: start)
    #expect(cut.hangsUp && cut.messages == [.interrupted] && cut.frames == [])
    #expect(turns.send(ClientFrame(text: "Two.", flush: true), at: start).reopen == settings)
  }

  @Test func `speed is of a context, so that it needs no other socket`() {
    var faster = settings
    faster.speed = 1.2
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    let sent = contexts.send(ClientFrame(text: "One.", settings: faster), at: start)
    #expect(sent.reopen == nil && sent.frames.first?.contextSettings.speed == 1.2)
    var update = SettingsUpdate()
    update.speed = 0.9
    guard
      case .settingsUpdated(let told)? = contexts.send(.update(update), at: start).messages.first
    else {
      Issue.record("no answer")
      return
    }
    #expect(told.speed == 0.9)
    _ = contexts.send(.flush, at: start)
    _ = contexts.send(ClientFrame(text: "Two.", flush: true), at: start)
    let next = contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start)
    #expect(next.frames.first?.contextSettings.speed == 0.9)
    update.cfgScale = 2
    guard case .error? = contexts.send(.update(update), at: start).messages.first else {
      Issue.record("a setting of another protocol was taken")
      return
    }
  }

  @Test func `an open context is kept alive, a closed one is not`() throws {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    #expect(contexts.deadline == nil)
    _ = contexts.send(ClientFrame(text: "One", settings: settings), at: start)
    _ = contexts.tick(at: start + .seconds(2))
    let due = try #require(contexts.deadline)
    #expect(due == start + .seconds(2) + ServiceProtocol.elevenLabs.capabilities.keepAlive)
    #expect(due > start + ServiceProtocol.elevenLabs.capabilities.keepAlive)
    #expect(contexts.tick(at: start).frames == [])
    let sent = contexts.tick(at: due).frames
    #expect(sent.count == 1 && sent[0].keepAlive && sent[0].context == "turn-1")
    #expect(contexts.deadline == due + ServiceProtocol.elevenLabs.capabilities.keepAlive)
    _ = contexts.send(.flush, at: due)
    #expect(contexts.deadline == nil)
  }

  @Test func `errors end the turn; silence is one only while something is wanted`() {
    let silent = ServiceMessage.error(
      ServiceError("silent", name: "input_timeout_exceeded", code: 408))
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    #expect(contexts.receive(silent, context: nil, at: start).messages == [])
    _ = contexts.send(ClientFrame(text: "One.", settings: settings), at: start)
    #expect(contexts.receive(silent, context: nil, at: start).messages == [silent])
    #expect(contexts.receive(sound(1), context: "turn-1", at: start).messages == [])
  }

  @Test func `a context that the service closes by itself ends its turn with a warning`() {
    var contexts = ContextTranslation(ServiceProtocol.elevenLabs.capabilities, settings: settings)
    _ = contexts.send(ClientFrame(text: "One.", settings: settings), at: start)
    let over = contexts.receive(.contextClosed(usage: nil), context: "turn-1", at: start)
    #expect(over.messages == [.warning(.contextClosed)] + closed)
  }
}
