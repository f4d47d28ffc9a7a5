/// Runs a script: says which lines are to be spoken when, and puts their sound in its place.
///
/// Lines are spoken ahead of what is heard, always in order. A line's place is known when the one
/// before it has ended; what can no longer change is emitted at once.
///
/// Pure: report each event, then perform the returned actions in order.
package struct Director: Sendable {
  package struct Settings: Equatable, Sendable {
    /// Hz, of everything.
    package var rate = 24_000
    /// Lines that are spoken while an earlier one is heard.
    package var ahead = 3
    /// Silence between lines until the script says otherwise.
    package var gap = Duration.milliseconds(250)
    /// 1, or 2 for left and right.
    package var channels = 1
    package var keepsStems = false
    /// Whether voices that say nothing of it are put beside one another.
    package var spreadsVoices = false
    /// Whether the end of a line is held until the next is known, which may overlap it. Without it
    /// a line that is late in a growing script overlaps what is still unheard.
    package var waitsForNext = true

    package init() {}
  }

  package enum Event: Equatable, Sendable {
    case item(ScriptItem)
    case endOfScript
    /// Mono, at the mix's rate; lines count from 1.
    case audio([Int16], line: Int)
    /// Nothing more comes of the line.
    case ended(line: Int)
    /// Frames of the mix that have been played, or written where nothing is played.
    case heard(Int)
  }

  package enum Action: Equatable, Sendable {
    /// Declared voices come before any line that speaks with them.
    case declared(VoiceDeclaration, line: Int)
    case title(String)
    case speak(ScriptLine, line: Int, scriptLine: Int)
    /// The sound file's samples are wanted now, as a line's.
    case play(path: String, line: Int, scriptLine: Int)
    /// The line begins after so many frames of the mix, or would if it sounded.
    case placed(line: Int, at: Int)
    case emit(MixedAudio)
    /// What one line added to the mix, its volume applied.
    case lineAudio([Int16], line: Int)
    case lineEnded(line: Int)
    /// The line could not begin where it should, because that had been heard already.
    case late(line: Int, by: Duration)
    case mark(String, at: Duration)
    /// Everything is emitted.
    case finished
  }

  /// A line or a sound between being known and being over.
  private struct Cue: Sendable {
    enum Source: Sendable {
      case speech(ScriptLine)
      case sound(String)
    }

    var source: Source
    var scriptLine: Int
    /// From the end of what is before it to its beginning, in frames.
    var lead: Int
    var traits = VoiceTraits()
    var track: Int
    var isAsked = false
    var start: Int?
    /// Sound that came before its place was known.
    var early: [[Int16]] = []
    var received = 0
    var hasEnded = false
  }

  package let settings: Settings
  private var mixer: Mixer
  private var voices: [String: VoiceDeclaration] = [:]
  /// Names of the tracks, in the order in which they were first known; `nil` is that of sounds.
  package private(set) var trackNames: [String?] = []
  /// Lines not yet over, in order; the first has this number.
  private var cues: ArraySlice<Cue> = []
  private var firstLine = 1
  /// End of the last line whose place is known.
  private var cursor = 0
  private var gap: Int
  /// Silence that stands in place of the next gap.
  private var pause: Int?
  /// Ends of lines whose sound is not heard yet.
  private var unheard: [Int] = []
  private var marks: ArraySlice<(name: String, line: Int, lead: Int)> = []
  private var placedMarks: [(name: String, at: Int)] = []
  private var scriptEnded = false
  private var finished = false
  private var heard = 0

  package init(settings: Settings = Settings()) {
    self.settings = settings
    mixer = Mixer(channels: settings.channels, keepsStems: settings.keepsStems)
    gap = settings.gap.samples(at: settings.rate)
  }

  /// Lines known and not over; what bounds how much of a script is read ahead.
  package var waitingLines: Int { cues.count }
  /// Frames of the mix emitted so far.
  package var position: Int { mixer.position }
  /// Samples held in memory.
  package var heldSamples: Int {
    mixer.heldSamples + cues.reduce(0) { $0 + $1.early.reduce(0) { $0 + $1.count } }
  }
  /// When more than this has been heard, another line may be spoken, or a mark is due.
  package var nextHeard: Int? {
    [unheard.first, placedMarks.first?.at].compactMap(\.self).min()
  }

  package mutating func receive(_ event: Event) -> [Action] {
    if finished {
      if case .heard(let position) = event { heard = max(heard, position) }
      return dueMarks()
    }
    var actions: [Action] = []
    switch event {
    case .item(let item): actions = take(item)
    case .endOfScript: scriptEnded = true
    case .audio(let samples, let line): actions = add(samples, to: line)
    case .ended(let line):
      guard let index = index(of: line), !cues[index].hasEnded else { return [] }
      cues[index].hasEnded = true
    case .heard(let position):
      heard = max(heard, position)
      unheard.removeAll { $0 <= heard }
    }
    return actions + proceed()
  }

  // MARK: The script

  private mutating func take(_ item: ScriptItem) -> [Action] {
    switch item.content {
    case .title(let title): return [.title(title)]
    case .voice(var voice):
      if settings.spreadsVoices, voice.traits.pan == nil {
        let places = [-0.4, 0.4, 0, -0.7, 0.7, -0.2, 0.2, -0.55, 0.55]
        voice.traits[.pan] = .number(places[voices.count % places.count])
      }
      voices[voice.name] = voice
      return [.declared(voice, line: item.line)]
    case .gap(let length): gap = length.samples(at: settings.rate)
    case .pause(let length): pause = (pause ?? 0) + length.samples(at: settings.rate)
    case .mark(let name): marks.append((name, firstLine + cues.count, pause ?? 0))
    case .line(let line):
      var cue = Cue(
        source: .speech(line), scriptLine: item.line,
        lead: lead(offset: line.offset, continues: line.continues), track: track(of: line.speaker))
      cue.traits = (voices[line.speaker]?.traits ?? VoiceTraits()).overridden(by: line.traits)
      cues.append(cue)
    case .sound(let path):
      cues.append(
        Cue(
          source: .sound(path), scriptLine: item.line, lead: lead(offset: nil, continues: false),
          track: track(of: nil)))
    }
    return []
  }

  private mutating func lead(offset: Duration?, continues: Bool) -> Int {
    defer { pause = nil }
    if let offset { return (pause ?? 0) + offset.samples(at: settings.rate) }
    if let pause { return pause }
    // The script's first line has nothing before it.
    return continues || (firstLine == 1 && cues.isEmpty) ? 0 : gap
  }

  private mutating func track(of speaker: String?) -> Int {
    if let index = trackNames.firstIndex(of: speaker) { return index }
    trackNames.append(speaker)
    return trackNames.count - 1
  }

  // MARK: Sound

  private func index(of line: Int) -> Int? {
    let index = cues.startIndex + line - firstLine
    return cues.indices.contains(index) ? index : nil
  }

  private mutating func add(_ samples: [Int16], to line: Int) -> [Action] {
    guard let index = index(of: line), !cues[index].hasEnded, !samples.isEmpty else { return [] }
    guard let start = cues[index].start else {
      cues[index].early.append(samples)
      cues[index].received += samples.count
      return []
    }
    let position = start + cues[index].received
    cues[index].received += samples.count
    return [put(samples, of: cues[index], line: line, at: position)]
  }

  private mutating func put(_ samples: [Int16], of cue: Cue, line: Int, at position: Int) -> Action
  {
    let shaped = Gain.apply(cue.traits.volume ?? 0, to: samples)
    mixer.add(shaped, at: position, track: cue.track, pan: cue.traits.pan ?? 0)
    return .lineAudio(shaped.map { Int16(clamping: $0) }, line: line)
  }

  // MARK: What follows

  private mutating func proceed() -> [Action] {
    var actions = placeKnown()
    actions += ask()
    actions += emit()
    return actions + dueMarks()
  }

  private mutating func dueMarks() -> [Action] {
    var actions: [Action] = []
    while let mark = placedMarks.first, mark.at <= heard {
      placedMarks.removeFirst()
      actions.append(.mark(mark.name, at: .seconds(Double(mark.at) / Double(settings.rate))))
    }
    return actions
  }

  /// Gives lines their places, as far as those before them have ended.
  private mutating func placeKnown() -> [Action] {
    var actions: [Action] = []
    while let first = cues.first {
      if first.start == nil {
        placeMarks(before: firstLine)
        let wanted = max(0, cursor + first.lead)
        let start = max(wanted, mixer.position)
        if start > wanted {
          let late = Duration.seconds(Double(start - wanted) / Double(settings.rate))
          actions.append(.late(line: firstLine, by: late))
        }
        cues[cues.startIndex].start = start
        actions.append(.placed(line: firstLine, at: start))
        var position = start
        for samples in first.early {
          actions.append(put(samples, of: first, line: firstLine, at: position))
          position += samples.count
        }
        cues[cues.startIndex].early = []
      }
      guard let start = cues.first?.start, first.hasEnded else { break }
      cursor = start + first.received
      if cursor > heard { unheard.append(cursor) }
      actions.append(.lineEnded(line: firstLine))
      cues.removeFirst()
      firstLine += 1
    }
    if cues.isEmpty { placeMarks(before: firstLine) }
    return actions
  }

  private mutating func placeMarks(before line: Int) {
    while let mark = marks.first, mark.line <= line {
      placedMarks.append((mark.name, cursor + mark.lead))
      marks.removeFirst()
    }
  }

  private mutating func ask() -> [Action] {
    var actions: [Action] = []
    // Lines that have sounded and are not heard yet count, too; but an overlapping line must come
    // before the one it overlaps can be heard to its end.
    var allowed = max(1, settings.ahead + 1 - unheard.count)
    for index in cues.indices {
      guard allowed > 0 else { break }
      allowed -= 1
      guard !cues[index].isAsked else { continue }
      let line = firstLine + index - cues.startIndex
      switch cues[index].source {
      case .speech(let speech):
        actions.append(.speak(speech, line: line, scriptLine: cues[index].scriptLine))
      case .sound(let path):
        // A file has its samples ready; there is no use in holding them.
        guard cues[index].start != nil else { continue }
        actions.append(.play(path: path, line: line, scriptLine: cues[index].scriptLine))
      }
      cues[index].isAsked = true
    }
    return actions
  }

  private mutating func emit() -> [Action] {
    var actions: [Action] = []
    var horizon = self.horizon
    if cues.isEmpty, scriptEnded {
      horizon = max(mixer.end, cursor + (pause ?? 0))
      finished = true
    }
    if horizon > mixer.position { actions.append(.emit(mixer.emit(upTo: horizon))) }
    if finished { actions.append(.finished) }
    return actions
  }

  /// Before this nothing can sound any more: each line known begins at least where those before it
  /// end by what has come of them.
  private var horizon: Int {
    guard let first = cues.first, let start = first.start else {
      let next = cursor + min(0, cues.first?.lead ?? 0)
      return scriptEnded || !settings.waitsForNext || !cues.isEmpty ? next : mixer.position
    }
    var end = start + first.received
    var horizon = end
    var lastStart = start
    for cue in cues.dropFirst() {
      lastStart = max(0, end + cue.lead)
      horizon = min(horizon, lastStart)
      end = lastStart + cue.received
    }
    if settings.waitsForNext && !scriptEnded { horizon = min(horizon, lastStart) }
    return horizon
  }
}
