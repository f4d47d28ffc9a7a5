import KugelWire

/// Turns what happened during one turn into its sample.
///
/// Pure: report each event with its time, in order, then ask for the sample.
package struct TurnRecorder: Sendable {
  package enum Event: Equatable, Sendable {
    /// The turn was meant to start now; its clock runs from here, however late it starts.
    case due
    case dialled
    case opened(ConnectTimes?)
    case sent(ClientFrame)
    case received(ServiceMessage)
    /// The first audible sample left the sound device.
    case heard
    case failed(cause: String)
  }

  private typealias Instant = ContinuousClock.Instant

  private let phase: TurnPhase
  private let turn: Int
  private let lane: Int
  /// Scalars up to the end of the first sentence; nil where the sender has no pace.
  private let firstSentence: Int?

  private var due: Instant?
  private var dialled: Instant?
  private var opened: Instant?
  private var connectTimes: ConnectTimes?
  private var firstSend: Instant?
  private var sentenceSent: Instant?
  private var scalarsSent = 0
  private var cancelled: Instant?
  private var acknowledged: Instant?
  private var lastStray: Instant?
  private var heard: Instant?
  private var failure: String?
  private var lastAnswer: Instant?

  private struct Piece {
    var start: Instant
    var characters: Int
    var firstFrame: Instant?
  }
  private var pieces: [Piece] = []
  private var pieceIsOpen = false
  /// The piece that is being answered.
  private var answered = 0

  private struct Segment {
    var chunk: Int
    var start: Instant
    var sample: TurnSample.Segment
  }
  private var segments: [Segment] = []

  private var arrivals: [(at: Instant, seconds: Double)] = []
  /// The frame with the first audible sample, and the seconds before it in that frame and the stream.
  private var audible: (frame: Int, inFrame: Double, inStream: Double)?
  private var audioSeconds = 0.0
  private var sampleRate = 0
  private var serverFirstSound: Double?
  private var serverFactor: Double?

  /// - Parameter firstSentence: scalars of the text up to the end of its first sentence; nil leaves the
  ///   metric that starts there out.
  package init(phase: TurnPhase, turn: Int, lane: Int = 1, firstSentence: Int? = nil) {
    self.phase = phase
    self.turn = turn
    self.lane = lane
    self.firstSentence = firstSentence
  }

  /// The cancel was answered, and what was sent before it has come.
  package var isAcknowledged: Bool { acknowledged != nil }
  package var hasAudibleSound: Bool { audible != nil }
  /// Seconds before the first audible sample, once it has come.
  package var leadingSilence: Double? { audible?.inStream }

  package mutating func receive(_ event: Event, at now: ContinuousClock.Instant) {
    switch event {
    case .due: due = now
    case .dialled: dialled = now
    case .opened(let times):
      opened = now
      connectTimes = times
    case .sent(let frame): sent(frame, at: now)
    case .received(let message): received(message, at: now)
    case .heard: heard = heard ?? now
    case .failed(let cause): failure = failure ?? cause
    }
  }

  private mutating func sent(_ frame: ClientFrame, at now: Instant) {
    if frame.cancel { cancelled = now }
    if let text = frame.text, !text.isEmpty {
      if firstSend == nil { firstSend = now }
      let count = text.unicodeScalars.count
      scalarsSent += count
      if let firstSentence, sentenceSent == nil, scalarsSent >= firstSentence { sentenceSent = now }
      if pieceIsOpen {
        pieces[pieces.count - 1].characters += count
      } else {
        pieces.append(Piece(start: now, characters: count))
        pieceIsOpen = true
      }
    }
    if frame.flush { pieceIsOpen = false }
  }

  private mutating func received(_ message: ServiceMessage, at now: Instant) {
    lastAnswer = now
    switch message {
    case .generationStarted(let chunk, let text):
      let sample = TurnSample.Segment(characters: text.unicodeScalars.count)
      segments.append(Segment(chunk: chunk, start: now, sample: sample))
    case .audio(let frame): received(frame, at: now)
    case .chunkComplete(let chunk, let seconds, let milliseconds):
      guard let index = segments.lastIndex(where: { $0.chunk == chunk }) else { return }
      segments[index].sample.audioSeconds = seconds
      // None is as good as not said.
      if milliseconds > 0 { segments[index].sample.serverTime = milliseconds }
    case .final(let statistics):
      if answered == 0 {
        serverFirstSound = statistics.timeToFirstAudioMilliseconds
        serverFactor = statistics.realTimeFactor
      }
    case .sessionClosed: answered += 1
    case .interrupted: acknowledged = now
    case .wordTimes, .warning, .settingsUpdated, .contextCreated, .contextTimeout, .contextClosed,
      .error:
      break
    }
  }

  private mutating func received(_ frame: AudioFrame, at now: Instant) {
    guard !frame.samples.isEmpty, frame.rate > 0 else { return }
    // News are stamped where they came in: some are handed over after the cancel, and older.
    if let cancelled, now > cancelled { lastStray = now }
    let rate = Double(frame.rate)
    if audible == nil, let index = Audibility.firstAudible(in: frame.samples) {
      let inFrame = Double(index) / rate
      audible = (arrivals.count, inFrame, audioSeconds + inFrame)
    }
    let seconds = Double(frame.samples.count) / rate
    arrivals.append((now, seconds))
    audioSeconds += seconds
    if sampleRate == 0 { sampleRate = frame.rate }
    if pieces.indices.contains(answered), pieces[answered].firstFrame == nil {
      pieces[answered].firstFrame = now
    }
    if let index = segments.lastIndex(where: { $0.chunk == frame.chunk }),
      segments[index].sample.firstByte == nil
    {
      segments[index].sample.firstByte = milliseconds(from: segments[index].start, to: now)
    }
  }

  // MARK: - What came of it

  /// - Parameter start: when the run began; the sample's own start is told from there.
  package func sample(since start: ContinuousClock.Instant) -> TurnSample {
    var sample = TurnSample(phase: phase, turn: turn)
    sample.lane = lane
    sample.failure = failure
    sample.audioSeconds = audioSeconds
    sample.sampleRate = sampleRate
    sample.frames = arrivals.count
    if let dialled, let opened {
      sample.connect = milliseconds(from: dialled, to: opened)
      sample.connectParts = connectTimes
    }
    guard let firstSend else { return sample }
    // The schedule's moment counts: who waits in line waits for the service.
    let clock = due ?? firstSend
    sample.start = milliseconds(from: start, to: clock)
    sample.startDelay = due.map { milliseconds(from: $0, to: firstSend) }
    sample.duration = lastAnswer.map { milliseconds(from: clock, to: $0) }
    addPieces(to: &sample)
    if let cancelled {
      sample.cancelAcknowledged = acknowledged.map { milliseconds(from: cancelled, to: $0) }
      sample.cancelLastFrame = lastStray.map { milliseconds(from: cancelled, to: $0) }
    }
    addAudio(to: &sample, clock: clock, firstSend: firstSend)
    return sample
  }

  private func addPieces(to sample: inout TurnSample) {
    sample.pieces = pieces.map { piece in
      TurnSample.Piece(
        characters: piece.characters,
        firstByte: piece.firstFrame.map { milliseconds(from: piece.start, to: $0) })
    }
    sample.segments = segments.map(\.sample)
    let told = segments.compactMap { segment in
      segment.sample.serverTime.flatMap { time in
        segment.sample.audioSeconds.map { (time: time, audio: $0 * 1000) }
      }
    }
    let audio = told.map(\.audio).reduce(0, +)
    sample.realTimeFactorServer =
      audio > 0 ? told.map(\.time).reduce(0, +) / audio : serverFactor
  }

  private func addAudio(to sample: inout TurnSample, clock: Instant, firstSend: Instant) {
    guard let first = arrivals.first, let last = arrivals.last else { return }
    sample.firstByte = milliseconds(from: clock, to: first.at)
    // Sound that came before the sentence was complete did not wait for it: there is no such time.
    sample.firstByteAfterSentence = sentenceSent.flatMap {
      $0 <= first.at ? milliseconds(from: $0, to: first.at) : nil
    }
    sample.firstSoundServer = serverFirstSound
    sample.realTimeFactor = milliseconds(from: firstSend, to: last.at) / (audioSeconds * 1000)
    sample.frameGaps = zip(arrivals, arrivals.dropFirst()).map {
      milliseconds(from: $0.at, to: $1.at)
    }
    let frames = arrivals.map {
      Playout.Frame(arrival: milliseconds(from: clock, to: $0.at), length: $0.seconds * 1000)
    }
    sample.lateFrames = Playout.cushions.map { Playout(frames, cushion: $0).late }
    sample.heard = heard.map { milliseconds(from: clock, to: $0) }
    guard let audible else { return }
    sample.leadingSilence = audible.inStream * 1000
    let sound = Playout(frames, cushion: 0).starts[audible.frame] + audible.inFrame * 1000
    sample.firstSound = sound
    if let dialled { sample.firstSoundCold = milliseconds(from: dialled, to: clock) + sound }
  }
}

private func milliseconds(
  from start: ContinuousClock.Instant, to end: ContinuousClock.Instant
) -> Double {
  (end - start) / .milliseconds(1)
}
