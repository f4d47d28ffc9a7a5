import KugelAudio
import KugelReading
import KugelScreenplay
import KugelSession
import KugelWire

/// The speakers of a script at their services: a context for each voice that sounds different, a
/// session for each connection. Used on the run's thread.
final class ScriptStage {
  private struct Role: Hashable {
    var speaker: String
    var traits: VoiceTraits

    static func == (a: Role, b: Role) -> Bool { a.speaker == b.speaker && a.traits == b.traits }
    func hash(into hasher: inout Hasher) { hasher.combine(speaker) }
  }

  /// A context of a service.
  private struct Place: Hashable {
    var desk: Int
    var context: String
  }

  private struct Turn: Hashable {
    var desk: Int
    var number: Int
  }

  /// What a turn is in the script.
  private struct Line {
    /// Counts from 1; what the director and programs call it.
    var number: Int
    var scriptLine: Int
    var place: Place
    /// The session has reported it.
    var hasEnded = false
    /// Nothing of it is still to be heard.
    var isOver = false
  }

  private let run: Run
  private let setup: ScriptSetup
  private unowned let part: ScriptPart
  private var declarations: [String: VoiceDeclaration] = [:]
  private var places: [Role: Place] = [:]
  private var readings: [Place: TextReading] = [:]
  private var desks: [SessionDriver<MultiSession>] = []
  private var happenings: [CastHappenings] = []
  private var deskVoices: [ScriptVoice] = []
  private var finished: Set<Int> = []
  private var lines: [Turn: Line] = [:]
  /// The line whose text is being given to a session.
  private var speaking: Line?
  private var converters: [Int: RateConverter] = [:]
  private var heard: HeardLines<Place>
  /// Unicode scalars of the lines given so far, as if they stood one below the other.
  private var textEnd = 0
  private var contextsTold = 0

  init(_ run: Run, _ setup: ScriptSetup, for part: ScriptPart) {
    self.run = run
    self.setup = setup
    self.part = part
    heard = HeardLines(mixRate: setup.director.rate)
  }

  private var open: [SessionDriver<MultiSession>] {
    desks.filter { !finished.contains($0.number) }
  }

  var isOver: Bool { finished.count == desks.count }
  var deadline: ContinuousClock.Instant? { open.compactMap(\.deadline).min() }
  var wantsPosition: Bool { happenings.contains { $0.wantsPosition } }

  // MARK: What the script asks for

  /// Opens the voice's context before it has anything to say.
  func declare(_ voice: VoiceDeclaration) throws {
    declarations[voice.name] = voice
    _ = try place(of: voice, traits: voice.traits.audible)
  }

  /// - Returns: whether there is such a voice, who then speaks.
  func speak(_ speech: ScriptLine, line: Int, scriptLine: Int) throws -> Bool {
    guard let voice = declarations[speech.speaker] else { return false }
    let place = try place(of: voice, traits: voice.traits.overridden(by: speech.traits).audible)
    let (desk, context) = (desks[place.desk], place.context)
    happenings[place.desk].moved(context, toLine: scriptLine, place: textEnd)
    let said = read(speech.text, at: place)
    textEnd += speech.text.unicodeScalars.count + 1
    heard.begin(line: line, of: place)
    speaking = Line(number: line, scriptLine: scriptLine, place: place)
    desk.apply(.text(said, context: context))
    speaking = nil
    desk.apply(.endTurn(context: context))
    desk.settle()
    return true
  }

  /// - Returns: what is said of a line; where that came from is told to who looks on.
  private func read(_ text: String, at place: Place) -> String {
    guard let reading = readings[place], !reading.filters.isRaw else { return text }
    var pipeline = TextPipeline(reading.filters, for: reading.target, at: textEnd)
    var said = pipeline.feed(text, at: run.clock.now)
    said.append(pipeline.finish())
    // A line of which nothing is said is a turn without words.
    if said.count == 0 { said.append(" ", standingFor: textEnd..<textEnd) }
    happenings[place.desk].says(place.context, said.map, of: text)
    return said.string
  }

  private func place(of voice: VoiceDeclaration, traits: VoiceTraits) throws -> Place {
    let role = Role(speaker: voice.name, traits: traits)
    if let known = places[role] { return known }
    let cast = try setup.cast(voice, traits)
    let desk = try desk(of: cast)
    let variants = places.keys.count { $0.speaker == voice.name }
    let made = Place(
      desk: desk, context: variants == 0 ? voice.name : "\(voice.name)/\(variants + 1)")
    places[role] = made
    readings[made] = cast.reading
    desks[desk].apply(.open(made.context, cast.settings))
    return made
  }

  /// Voices whose settings would be each other's have connections of their own.
  private func desk(of voice: ScriptVoice) throws -> Int {
    let known = deskVoices.firstIndex { $0.service == voice.service && $0.common == voice.common }
    if let known { return known }
    let number = desks.count
    let opened = try setup.service(voice.service, number)
    deskVoices.append(voice)
    let rules = TurnLedger.Rules(plays: run.outputs.plays, keepsTexts: setup.keepsTexts)
    happenings.append(CastHappenings(rules))
    desks.append(
      SessionDriver(
        MultiSession(policy: opened.policy, chance: .random(in: 0..<1)), over: opened.connection,
        number: number, clock: run.clock, owner: self))
    run.connect(desks[number], number: number)
    desks[number].apply(.start)
    return number
  }

  // MARK: The connections

  func tick(at now: ContinuousClock.Instant) { for desk in open { desk.tick(at: now) } }
  func settle() { for desk in desks { desk.settle() } }
  func hold(_ held: Bool) { for desk in desks { desk.hold(held) } }
  func forgive() { for desk in open { desk.forgive() } }
  func finish() { for desk in open { desk.apply(.finish) } }

  func cancel() {
    for desk in open {
      desk.apply(.cancel(context: nil))
      desk.apply(.finish)
    }
  }

  func leave() {
    for desk in desks { desk.leave() }
    finished = Set(desks.indices)
  }

  // MARK: The sound

  /// The line's sound begins after so many frames of the mix.
  func placed(line: Int, at start: Int) {
    heard.place(line: line, at: start)
    if let known = lines.values.first(where: { $0.number == line }) { tellPlace(of: known) }
  }

  private func tellPlace(of line: Line) {
    guard let start = heard.place(of: line.number) else { return }
    run.tell([
      Happening(
        .placed(at: Double(start) / Double(setup.director.rate)), at: run.clock.now,
        turn: line.number, context: line.place.context, line: line.scriptLine)
    ])
  }

  /// Everything of the line is in the mix.
  func mixed(line: Int) { heard.forgetPlace(of: line) }

  /// So many frames of the mix have been heard.
  func played(_ frames: Int, at now: ContinuousClock.Instant) {
    for (place, position) in heard.heard(frames) {
      tell(happenings[place.desk].played(position, of: place.context, at: now), of: place.desk)
    }
  }

  /// The sound was cut, when so many frames of the mix had been heard.
  func silenced(at frames: Int, now: ContinuousClock.Instant) {
    let positions = Dictionary(
      heard.heard(frames).map { ($0.speaker, $0.position) }, uniquingKeysWith: { _, last in last })
    for place in heard.speakers {
      let known = happenings[place.desk].ledger(of: place.context).position
      tell(
        happenings[place.desk].silenced(
          at: positions[place] ?? known, of: place.context, now: now), of: place.desk)
    }
  }

  /// The speakers had nothing to play: of who speaks first of those that are not heard.
  func ranDry(cushion: Duration, at now: ContinuousClock.Instant) {
    guard let place = lines.values.min(by: { $0.number < $1.number })?.place else { return }
    tell(
      happenings[place.desk].ranDry(place.context, cushion: cushion, at: now), of: place.desk)
  }

  /// Tells what happened, by the numbers of the script's lines.
  private func tell(_ happenings: [Happening], of desk: Int) {
    for var happening in happenings {
      let turn = happening.turn.map { Turn(desk: desk, number: $0) }
      if let line = turn.flatMap({ lines[$0] }) {
        (happening.turn, happening.line) = (line.number, line.scriptLine)
      }
      run.tell([happening])
      switch happening.what {
      case .heard: if let turn { change(turn) { $0.isOver = true } }
      case .cut(let spoken):
        if let turn { change(turn) { $0.isOver = true } }
        part.wasCut(spoken)
      default: break
      }
    }
  }

  private func change(_ turn: Turn, _ body: (inout Line) -> Void) {
    guard var line = lines[turn] else { return }
    body(&line)
    lines[turn] = line.hasEnded && line.isOver ? nil : line
  }

  private func tellContexts() {
    let active = desks.reduce(0) { $0 + $1.machine.openContexts }
    guard active != contextsTold else { return }
    contextsTold = active
    run.tell([Happening(.contexts(active: active), at: run.clock.now)])
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

// What the sessions decide.
extension ScriptStage: SessionOwner {
  func hears(
    _ event: LinkEvent, of driver: SessionDriver<MultiSession>,
    at moment: ContinuousClock.Instant
  ) {
    if let what = event.ofConnection { run.tell([Happening(what, at: moment)]) }
  }

  func decided(
    _ event: MultiSession.Event, _ actions: [MultiSession.Action],
    by driver: SessionDriver<MultiSession>, at now: ContinuousClock.Instant
  ) -> (() -> Void)? {
    let desk = driver.number
    var begun: [Line] = []
    for case .turnBegan(let number, context: _) in actions {
      lines[Turn(desk: desk, number: number)] = speaking
      if let speaking { begun.append(speaking) }
    }
    let parts = event == .opened ? driver.connectTimes : nil
    tell(happenings[desk].observe(event, actions, connectedIn: parts, at: now), of: desk)
    for line in begun { tellPlace(of: line) }
    if !event.isAudio { tellContexts() }
    return nil
  }

  func perform(_ action: MultiSession.Action, of driver: SessionDriver<MultiSession>) {
    let turn = { (number: Int) in Turn(desk: driver.number, number: number) }
    switch action {
    case .play(let frame, let number, context: _):
      guard let line = lines[turn(number)], !line.hasEnded else { return }
      heard.receive(frame.samples.count, rate: frame.rate, line: line.number, of: line.place)
      part.hear(atRate(frame, of: line.number), line: line.number)
    case .turnEnded(let report, context: _):
      guard let line = lines[turn(report.turn)] else { return }
      change(turn(report.turn)) { $0.hasEnded = true }
      heard.end(line: line.number, of: line.place)
      let rest = converters.removeValue(forKey: line.number)?.flush() ?? []
      if !rest.isEmpty { part.hear(rest, line: line.number) }
      part.ended(report, line: line.number)
    case .unreachable(let failure): part.unreachable(failure)
    case .finished: finished.insert(driver.number)
    case .connect, .disconnect, .send, .turnBegan, .segment, .words, .resumed, .contextClosed,
      .settingsUpdated, .settingsRefused, .retrying:
      break
    }
  }
}

extension MultiSession.Event {
  /// Sound, of which there is much, changes nothing but the sound.
  fileprivate var isAudio: Bool {
    guard case .received(let frame) = self, case .audio = frame.message else { return false }
    return true
  }
}

extension VoiceTraits {
  /// Those that the service has to know; the others are the mix's.
  fileprivate var audible: VoiceTraits {
    var traits = self
    for key in SettingKey.ofScripts where key.setting.isLocal { traits[key] = nil }
    return traits
  }
}
