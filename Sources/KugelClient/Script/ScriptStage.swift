import KugelAudio
import KugelScreenplay
import KugelServiceCore
import KugelSession
import KugelWire

/// The speakers of a script at their services: a context for each voice that sounds different, a
/// session for each service. Used on the run's thread.
final class ScriptStage {
  enum News {
    case audio([Int16], line: Int)
    case ended(TurnReport, line: Int)
    case usage(Usage)
    case retrying(attempt: Int, after: Duration, cause: ServiceFailure)
    case unreachable(SessionFailure)
  }

  private struct Role: Hashable {
    var speaker: String
    var traits: VoiceTraits

    static func == (a: Role, b: Role) -> Bool { a.speaker == b.speaker && a.traits == b.traits }
    func hash(into hasher: inout Hasher) { hasher.combine(speaker) }
  }

  private struct Turn: Hashable {
    var desk: Int
    var number: Int
  }

  private let setup: ScriptSetup
  private var declarations: [String: VoiceDeclaration] = [:]
  private var contexts: [Role: (desk: Int, name: String)] = [:]
  private var desks: [ScriptDesk] = []
  private var deskNumbers: [String: Int] = [:]
  private var lines: [Turn: Int] = [:]
  /// The line whose text is being given to a session.
  private var speaking: Int?
  private var converters: [Int: RateConverter] = [:]
  private var news: [News] = []

  init(setup: ScriptSetup) { self.setup = setup }

  var isOver: Bool { desks.allSatisfy(\.isOver) }
  var deadline: ContinuousClock.Instant? {
    desks.filter { !$0.isOver }.compactMap(\.deadline).min()
  }

  /// What has happened since the last call.
  func takeNews() -> [News] {
    for desk in desks { desk.settle() }
    defer { news = [] }
    return news
  }

  // MARK: What the script asks for

  /// Opens the voice's context before it has anything to say.
  func declare(_ voice: VoiceDeclaration) throws {
    declarations[voice.name] = voice
    _ = try context(of: voice, traits: voice.traits.audible)
  }

  func speak(_ speech: ScriptLine, line: Int) throws {
    guard let voice = declarations[speech.speaker] else {
      news.append(.ended(TurnReport(turn: 0), line: line))
      return
    }
    let (desk, name) = try context(
      of: voice, traits: voice.traits.overridden(by: speech.traits).audible)
    speaking = line
    desks[desk].apply(.text(speech.text, context: name))
    speaking = nil
    desks[desk].apply(.endTurn(context: name))
    desks[desk].settle()
  }

  private func context(
    of voice: VoiceDeclaration, traits: VoiceTraits
  ) throws -> (desk: Int, name: String) {
    let role = Role(speaker: voice.name, traits: traits)
    if let known = contexts[role] { return known }
    let cast = try setup.cast(voice, traits)
    let desk = try desk(of: cast.service)
    let variants = contexts.keys.count { $0.speaker == voice.name }
    let made = (desk, variants == 0 ? voice.name : "\(voice.name)/\(variants + 1)")
    contexts[role] = made
    desks[desk].apply(.open(made.1, cast.settings))
    return made
  }

  private func desk(of service: String) throws -> Int {
    if let number = deskNumbers[service] { return number }
    let number = desks.count
    let opened = try setup.service(service, number)
    deskNumbers[service] = number
    desks.append(
      ScriptDesk(opened, number: number, inbox: setup.inbox) { [unowned self] action in
        hear(action, desk: number)
      })
    return number
  }

  func hold(_ held: Bool) { for desk in desks { desk.hold(held) } }

  /// What the services did not say until now is not held against them.
  func forgive() {
    for desk in desks where !desk.isOver { desk.forgive() }
  }

  func tick(at now: ContinuousClock.Instant) {
    for desk in desks where desk.deadline.map({ now >= $0 }) ?? false { desk.tick(at: now) }
  }

  func receive(_ engineNews: EngineNews, job: Int, opening: Int, desk: Int) {
    desks[desk].receive(engineNews, job: job, opening: opening)
  }

  func accept(_ event: LinkEvent, opening: Int, desk: Int) {
    guard desks.indices.contains(desk) else { return }
    desks[desk].accept(event, opening: opening)
  }

  func finish() { for desk in desks where !desk.isOver { desk.apply(.finish) } }

  func cancel() {
    for desk in desks where !desk.isOver {
      desk.apply(.cancel(context: nil))
      desk.apply(.finish)
    }
  }

  func leave() { for desk in desks { desk.leave() } }

  // MARK: What the services answer

  private func hear(_ action: MultiSession.Action, desk: Int) {
    switch action {
    case .turnBegan(let turn, context: _):
      if let speaking { lines[Turn(desk: desk, number: turn)] = speaking }
    case .play(let frame, let turn, context: _):
      guard let line = lines[Turn(desk: desk, number: turn)] else { return }
      news.append(.audio(atRate(frame, of: line), line: line))
    case .turnEnded(let report, context: _):
      guard let line = lines.removeValue(forKey: Turn(desk: desk, number: report.turn)) else {
        return
      }
      if let rest = converters.removeValue(forKey: line)?.flush(), !rest.isEmpty {
        news.append(.audio(rest, line: line))
      }
      news.append(.ended(report, line: line))
    case .contextClosed(_, let usage): if let usage { news.append(.usage(usage)) }
    case .retrying(let attempt, let pause, let cause):
      news.append(.retrying(attempt: attempt, after: pause, cause: cause))
    case .unreachable(let failure): news.append(.unreachable(failure))
    case .connect, .disconnect, .send, .segment, .words, .resumed, .settingsUpdated,
      .settingsRefused, .finished:
      break
    }
  }

  /// Services give the rate they are asked for; one that does not is converted.
  private func atRate(_ frame: AudioFrame, of line: Int) -> [Int16] {
    if let converter = converters[line] { return converter.convert(frame.samples) }
    let rate = setup.director.rate
    guard frame.rate != rate, let converter = RateConverter(from: frame.rate, to: rate) else {
      return frame.samples
    }
    converters[line] = converter
    return converter.convert(frame.samples)
  }
}

extension VoiceTraits {
  /// Those that the service has to know; the others are the mix's.
  fileprivate var audible: VoiceTraits {
    var traits = self
    (traits.volume, traits.pan) = (nil, nil)
    return traits
  }
}
