import Glibc
import KugelConversation
import KugelReading
import KugelSession
import KugelText
import KugelWire

/// Drives a run by a conversation: reads its lines, performs what it decides, writes its replies.
package final class ConversationInput: SpeechInput {
  package struct Setup {
    package var style: ConversationStyle
    package var offer: SettingOffer
    /// Those at the start.
    package var settings = TurnSettings()
    /// To choose from; nil: they are asked for when they are needed.
    package var voices: VoiceCatalogue?
    /// See `Conversation.Setup`.
    package var voiceForLanguage: (@Sendable (String) -> Voice?)?
    /// The service may know voices that it does not list.
    package var takesUnlistedVoices = false
    package var explain: EventRecorder.Explanation
    /// Of the times of replies in JSON.
    package var start: ContinuousClock.Instant
    /// How texts are read.
    package var reading = TextReading.raw

    package init(
      style: ConversationStyle, offer: SettingOffer, voices: VoiceCatalogue? = nil,
      start: ContinuousClock.Instant, explain: @escaping EventRecorder.Explanation
    ) {
      self.style = style
      self.offer = offer
      self.voices = voices
      self.start = start
      self.explain = explain
    }
  }

  /// What lines come from.
  package enum Source {
    case descriptor(CInt)
    /// Somebody at a terminal.
    case terminal(any LineSource)
  }

  private let setup: Setup
  private var conversation: Conversation
  /// Nothing has happened before it begins.
  private var run = HappeningStream()
  private var input: TextInput?
  private let terminal: (any LineSource)?
  private var cutter = LineCutter()
  private var lineParser: LineParser
  private var jsonParser: JSONLineParser
  private var recordings: [Conversation.Origin] = []
  private var reader: TextReader
  private var tab: PromptTab

  package init(_ source: Source, _ setup: Setup) {
    self.setup = setup
    reader = TextReader(setup.reading)
    var talk = Conversation.Setup(
      style: setup.style, voices: setup.voices, takesUnlistedVoices: setup.takesUnlistedVoices)
    talk.voiceForLanguage = setup.voiceForLanguage
    (talk.offer, talk.settings) = (setup.offer, setup.settings)
    conversation = Conversation(talk)
    lineParser = LineParser(style: setup.style, offer: setup.offer)
    jsonParser = JSONLineParser(offer: setup.offer)
    tab = PromptTab(offer: setup.offer)
    switch source {
    case .descriptor(let descriptor): (input, terminal) = (TextInput(descriptor: descriptor), nil)
    case .terminal(let lines): (input, terminal) = (nil, lines)
    }
  }

  package var totals: ConversationTotals { conversation.totals }
  /// The service will not answer any more.
  package var gone: SessionFailure? { conversation.gone }
  package var wasInterrupted: Bool { conversation.wasInterrupted }

  package var endsWithFailure: Bool { false }
  package var takesCommands: Bool { true }

  package var descriptor: CInt {
    guard conversation.wantsInput else { return -1 }
    return terminal?.descriptor ?? input?.descriptor ?? -1
  }

  package var deadline: ContinuousClock.Instant? {
    earliest(conversation.deadline(in: run.state), reader.deadline)
  }

  package var readsTexts: Bool { true }

  package func begin(
    in run: HappeningStream, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    self.run = run
    terminal?.answerTab = { [unowned self] before in
      tab.answer(before, voices: conversation.knownVoices)
    }
    terminal?.begin()
    return []
  }

  package func ready(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    if let terminal {
      let events = terminal.read().flatMap { take($0, at: now) }
      return tab.takeWish() ? events + [.listVoices] : events
    }
    guard let name = input?.name else { return [] }
    switch input?.read() {
    case nil: return []
    case .text(let text, bytes: _):
      return remarks(about: name) + cutter.append(text).flatMap { take($0, at: now) }
    case .end(let rest):
      let remarks = remarks(about: name)
      input = nil
      let lines = cutter.append(rest) + [cutter.finish()].compactMap(\.self)
      return remarks + lines.flatMap { take($0, at: now) } + give(.endOfInput, at: now)
    case .failed(let code):
      input = nil
      return [.unreadable(name, code: code)] + give(.endOfInput, at: now)
    case .binary(let error):
      input = nil
      return [.binary(name, error)] + give(.endOfInput, at: now)
    }
  }

  private func remarks(about name: String) -> [SpeechInputEvent] {
    input?.remarks().map { .warning($0.sentence(about: name)) } ?? []
  }

  private func take(_ line: TypedLine, at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    switch line {
    case .line(let text): take(.text(text), at: now)
    case .end: give(.endOfInput, at: now)
    case .interrupt: give(.interrupt, at: now)
    }
  }

  private func take(_ line: LineCutter.Line, at now: ContinuousClock.Instant) -> [SpeechInputEvent]
  {
    let asked: ConversationRequest? =
      switch (line, setup.style) {
      case (.text(let text), .json): jsonParser.parse(text)
      case (.text(let text), _): lineParser.parse(text)
      case (.tooLong, .json): jsonParser.refuse(tooLong)
      case (.tooLong, _): lineParser.refuse(tooLong)
      }
    return asked.map { give(.input($0), at: now) } ?? []
  }

  private var tooLong: String { "the line is longer than \(cutter.limit) bytes" }

  package func tick(at now: ContinuousClock.Instant) -> [SpeechInputEvent] {
    reader.tick(at: now) + give(.tick, at: now)
  }

  package func next(at now: ContinuousClock.Instant) -> [SpeechInputEvent]? {
    conversation.next(in: run.state, at: now)?.flatMap { perform($0, at: now) }
  }

  package func hear(
    _ happenings: [Happening], at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] { give(.happened(happenings), at: now) }

  package func looked(
    _ happenings: [Happening], at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] { give(.looked(happenings), at: now) }

  package func silenced(
    _ happenings: [Happening], at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] { give(.silenced(happenings), at: now) }

  package func recording(
    _ path: String?, error: String?, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    guard !recordings.isEmpty else { return [] }
    return give(.recording(path: path, error: error, recordings.removeFirst()), at: now)
  }

  package func listed(
    _ voices: Result<[Voice], ConversationProblem>, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    tab.listed()
    return give(.voices(voices), at: now)
  }

  package func signal(
    _ signal: RunSignal, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent]? {
    switch signal {
    case .togglePause: return give(.togglePause, at: now)
    case .skip: return give(.skip, at: now)
    case .interrupt:
      guard setup.style == .prompt else { return nil }
      terminal?.discard()
      return give(.interrupt, at: now)
    }
  }

  package func suspend() { terminal?.hide() }
  package func resume() { terminal?.begin() }

  private func give(
    _ event: Conversation.Event, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    conversation.receive(event, in: run.state, at: now).flatMap { perform($0, at: now) }
  }

  private func perform(
    _ action: Conversation.Action, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    switch action {
    case .session(.text(let text)):
      let line = conversation.textLine.map { [SpeechInputEvent.line($0)] } ?? []
      return line + reader.read(text, at: now)
    case .session(.endTurn): return reader.finish() + [.session(.endTurn)]
    case .session(.finish): return reader.finish() + [.session(.finish)]
    case .session(let event):
      if event == .cancel { reader.drop() }
      return [.session(event)]
    case .reply(let answer): return note(answer) + reply(answer, at: now)
    case .silence:
      // What waits is not said while the sound is being cut.
      reader.drop()
      return [.silence]
    case .pause(let paused): return [.pause(paused)]
    case .go(let back): return [.go(back: back)]
    case .volume(let level): return [.volume(decibels: level)]
    case .record(let path, let origin):
      recordings.append(origin)
      return [.record(path)]
    case .listVoices: return [.listVoices]
    }
  }

  // MARK: Replies

  /// What only a conversation knows of the things that programs are told.
  private func note(_ answer: Conversation.Answer) -> [SpeechInputEvent] {
    let body: SpeechEvent.Body
    switch answer.reply {
    case .mark(let name): body = .mark(name: name)
    case .problem(let message):
      body = .error(SpeechEvent.Trouble(code: "input", message: message, exit: nil))
    default: return []
    }
    return [.note(body, turn: answer.turn, line: answer.origin.line)]
  }

  private func reply(
    _ answer: Conversation.Answer, at now: ContinuousClock.Instant
  ) -> [SpeechInputEvent] {
    if setup.style == .json {
      return answer.reply.bodies(operation: answer.origin.operation, explain: setup.explain).map {
        .copy(
          SpeechEvent(
            $0, time: now - setup.start, turn: answer.turn, line: answer.origin.line,
            id: answer.origin.id
          ).bytes)
      }
    }
    let lines = answer.reply.lines(
      turn: answer.turn, line: answer.origin.line, explain: setup.explain)
    guard !lines.isEmpty else { return [] }
    let text = lines.map { $0 + "\n" }.joined()
    if let terminal {
      terminal.show(text)
      return []
    }
    return [.copy(Array(text.utf8))]
  }
}
