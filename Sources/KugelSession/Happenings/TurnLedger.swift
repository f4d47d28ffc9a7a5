import KugelText
import KugelWire

/// Keeps count of the turns under way, from their first text until the last sample is heard.
///
/// Pure. It is told every event given to a `SpeechSession` with the actions that came of it, and
/// where the sound is.
package struct TurnLedger: Sendable {
  package enum News: Equatable, Sendable {
    case began(Int)
    case firstByte(turn: Int, after: Duration)
    case firstSound(turn: Int, after: Duration)
    /// The first sound of a turn has left the speakers.
    case soundReached(turn: Int, at: ContinuousClock.Instant)
    /// The service has finished with the turn.
    indirect case ended(SpokenTurn, TurnReport)
    /// Everything received for a turn has been played.
    indirect case heard(SpokenTurn)
    /// The turn was cut short, and the service told.
    indirect case cut(SpokenTurn)
  }

  /// What is kept and told.
  package struct Rules: Equatable, Sendable {
    /// Speakers play it: the first sound is when they do. Else what is received is heard.
    package var plays: Bool
    /// Texts are kept, to tell what of them was heard; without, a turn may be endless.
    package var keepsTexts: Bool

    package init(plays: Bool = false, keepsTexts: Bool = true) {
      self.plays = plays
      self.keepsTexts = keepsTexts
    }
  }

  private let rules: Rules
  /// Those that are not over, oldest first.
  package private(set) var turns: [SpokenTurn] = []
  /// Samples given to be played, of all turns, and how long they sound.
  package private(set) var offered = 0
  package private(set) var offeredSeconds = 0.0
  /// Samples heard, of all turns; what was cut counts as passed.
  package private(set) var position = 0
  /// Of the turns that are over.
  private var pastSeconds = 0.0

  package init(_ rules: Rules = Rules()) { self.rules = rules }

  /// The turn that takes text.
  package var open: SpokenTurn? { turns.last.flatMap { $0.isOpen ? $0 : nil } }
  /// The service owes no turn anything.
  package var isFinal: Bool { turns.allSatisfy { $0.isReported } }
  package var isIdle: Bool { turns.isEmpty }
  /// Something was received that has not been heard.
  package var hasSound: Bool { position < offered }
  /// Seconds of sound heard, of all turns.
  package var heardSeconds: Double {
    turns.reduce(pastSeconds) { $0 + $1.seconds(to: $1.played) }
  }

  package func turn(_ number: Int) -> SpokenTurn? { index(of: number).map { turns[$0] } }
  /// Samples of a turn received; nil for one that is over.
  func samples(of number: Int) -> Int? { index(of: number).map { turns[$0].samples } }

  /// What `SpeechSession.receive(event, at: now)` did.
  ///
  /// - Parameter source: where in the input a text came from that was sent; nil: it is what was written.
  package mutating func observe(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action], from source: SourceMap? = nil,
    at now: ContinuousClock.Instant
  ) -> [News] {
    var news: [News] = []
    for action in actions { news += observe(action, at: now) }
    switch event {
    case .text(let text): note(text, from: source, at: now)
    case .endTurn, .finish, .cancel: closeLast()
    case .start, .beginTurn, .opened, .lost, .received, .configure, .update, .held, .tick: break
    }
    return news + settle()
  }

  private mutating func observe(
    _ action: SpeechSession.Action, at now: ContinuousClock.Instant
  ) -> [News] {
    switch action {
    case .turnBegan(let number):
      turns.append(SpokenTurn(number: number))
      return [.began(number)]
    case .segment(let text, let chunk, let number):
      guard rules.keepsTexts else { return [] }
      change(number) { turn in
        turn.begin(SpokenSegment(text: text, chunk: chunk, start: turn.samples))
      }
      return []
    case .play(let frame, let number): return play(frame, turn: number, at: now)
    case .words(let words, let chunk, let number):
      let keeping = rules.keepsTexts
      change(number) { $0.add(words, chunk: chunk, keeping: keeping) }
      return []
    case .resumed(let number):
      change(number) { $0.isResumed = true }
      return []
    case .turnEnded(let report):
      change(report.turn) { turn in
        turn.report = report
        turn.wasOpen = turn.isOpen
        turn.isOpen = false
        // A turn that is gone before any of it was played has nothing to be cut.
        if report.ending == .cancelled && turn.cut == nil { turn.cut = turn.heard }
      }
      return turn(report.turn).map { [.ended($0, report)] } ?? []
    case .connect, .disconnect, .send, .settingsUpdated, .settingsRefused, .retrying, .unreachable,
      .finished:
      return []
    }
  }

  private mutating func play(
    _ frame: AudioFrame, turn number: Int, at now: ContinuousClock.Instant
  ) -> [News] {
    var news: [News] = []
    let (offeredBefore, secondsBefore, isPlayed) = (offered, offeredSeconds, rules.plays)
    change(number) { turn in
      let (hadAudio, hadSound) = (turn.firstAudioAt != nil, turn.firstSound != nil)
      if !hadAudio { (turn.start, turn.startsAt) = (offeredBefore, secondsBefore) }
      turn.receive(frame, isPlayed: isPlayed, at: now)
      if !hadAudio, let after = turn.timeToFirstAudio {
        news.append(.firstByte(turn: number, after: after))
      }
      if !hadSound, let after = turn.firstSound?.after {
        news.append(.firstSound(turn: number, after: after))
      }
    }
    offered += frame.samples.count
    offeredSeconds += Double(frame.samples.count) / Double(frame.rate)
    return news
  }

  private mutating func note(
    _ text: String, from source: SourceMap?, at now: ContinuousClock.Instant
  ) {
    // Text behind the failure of its turn belongs to none.
    guard let last = turns.indices.last, turns[last].isOpen else { return }
    var map = source ?? SourceMap()
    if source == nil {
      let start = turns[last].origin + turns[last].characters
      map.copy(start..<start + text.unicodeScalars.count)
      write(text)
    }
    turns[last].say(text, from: map, keeping: rules.keepsTexts, at: now)
  }

  /// Text was written for the turn that is open.
  package mutating func write(_ text: String) {
    guard rules.keepsTexts, let last = turns.indices.last, turns[last].isOpen else { return }
    turns[last].write(text)
  }

  /// Where in the input the text of a turn begins.
  package mutating func place(_ turn: Int, at origin: Int) { change(turn) { $0.origin = origin } }

  private mutating func closeLast() {
    guard let last = turns.indices.last else { return }
    turns[last].isOpen = false
  }

  /// Where the sound is.
  ///
  /// - Parameter position: samples heard of all that were given to be played.
  package mutating func played(
    _ position: Int, at now: ContinuousClock.Instant
  ) -> [News] {
    self.position = min(max(position, self.position), offered)
    var news: [News] = []
    // What was cut is passed, but was not heard.
    for index in turns.indices where turns[index].samples > 0 && !turns[index].isCut {
      let isKnown = turns[index].firstSound?.after != nil
      guard
        let moment = turns[index].play(to: self.position - turns[index].start, at: now)
      else { continue }
      let number = turns[index].number
      if !isKnown, let after = turns[index].firstSound?.after {
        news.append(.firstSound(turn: number, after: after))
      }
      news.append(.soundReached(turn: number, at: moment))
    }
    return news + settle()
  }

  /// The sound ran dry where it is.
  ///
  /// - Returns: the turn in which that is a gap; nil behind the last sound of all.
  package mutating func ranDry() -> Int? {
    guard
      let index = turns.firstIndex(where: { $0.samples > 0 && $0.played < $0.samples })
        ?? turns.lastIndex(where: { $0.samples > 0 && $0.report == nil })
    else { return nil }
    turns[index].gaps += 1
    return turns[index].number
  }

  /// Everything that was queued is gone; `SpeechSession.Event.cancel` is to follow.
  ///
  /// - Parameter position: samples that had been heard.
  package mutating func silenced(
    at position: Int, now: ContinuousClock.Instant
  ) -> [News] {
    let news = played(position, at: now)
    for index in turns.indices { turns[index].cut = turns[index].heard }
    self.position = offered
    return news
  }

  /// Forgets the turns that are over.
  private mutating func settle() -> [News] {
    var news: [News] = []
    while !turns.isEmpty, turns[0].isReported, turns[0].isOver {
      let first = turns[0]
      news.append(first.cut == nil ? .heard(first) : .cut(first))
      pastSeconds += first.seconds(to: first.played)
      turns.removeFirst()
    }
    return news
  }

  private mutating func change(_ number: Int, _ body: (inout SpokenTurn) -> Void) {
    guard let index = index(of: number) else { return }
    body(&turns[index])
  }

  /// Looks at numbers alone: it is asked for every frame, and a turn is much to copy.
  private func index(of number: Int) -> Int? {
    var index = turns.count
    while index > 0 {
      index -= 1
      if turns[index].number == number { return index }
    }
    return nil
  }
}
