import KugelWire

/// The way from a service's core to one socket, on which faults happen.
///
/// Pure: frames are passed in with their time; `due` says what is to be done by now, `deadline` when
/// to ask again.
package struct FaultLine: Sendable {
  package enum Step: Equatable, Sendable {
    case send([UInt8])
    /// End the connection without a word.
    case breakOff
    case close(code: UInt16, reason: String)
  }

  /// The turn under way of a context, or of the connection where there are none.
  private struct Turn: Sendable {
    /// Of the connection's turns, from 1; nil until it has begun.
    var number: Int?
    var isFailing = false
    var audioFrames = 0
  }

  /// What the audio of a context leaves for its next frame.
  private struct Rest: Sendable {
    var lastAudio: AudioFrame?
    var carry: UInt8?
    /// When a client that gets audio slowly has got it all.
    var pacedUntil: ContinuousClock.Instant?
  }

  private let plan: FaultPlan
  private let endpoint: Endpoint
  private var chance: SplitMix64
  private var pieceFaults: PieceFaults
  private var queue = FaultQueue()
  private var isOver = false
  /// Of the whole connection.
  private var audioFrames = 0
  private var turnsBegun = 0
  /// By context.
  private var turns: [String?: Turn] = [:]
  private var rests: [String?: Rest] = [:]

  /// - Parameter connection: counts from 0.
  package init(plan: FaultPlan, endpoint: Endpoint, connection: Int) {
    self.plan = plan.plan(forConnection: connection)
    self.endpoint = endpoint
    pieceFaults = PieceFaults(self.plan)
    chance = SplitMix64(state: UInt64(plan.integer(.seed) ?? 1) &+ UInt64(connection))
  }

  /// When `due` has something; nil when nothing waits.
  package var deadline: ContinuousClock.Instant? { queue.deadline }

  /// Bytes that wait for their time.
  package var queuedBytes: Int { queue.bytes }

  /// Takes what is to be done by now, in order.
  package mutating func due(at now: ContinuousClock.Instant) -> [Step] {
    var steps: [Step] = []
    while let step = queue.take(by: now) { steps.append(step) }
    return steps
  }

  /// A message that the core wants to send.
  package mutating func pass(
    _ frame: ServiceFrame, encoding: AudioEncoding, at now: ContinuousClock.Instant
  ) {
    guard !isOver, !plan.has(.silent) else { return }
    for frame in pieceFaults.take(frame) { passOne(frame, encoding: encoding, at: now) }
  }

  private mutating func passOne(
    _ frame: ServiceFrame, encoding: AudioEncoding, at now: ContinuousClock.Instant
  ) {
    if case .audio(let audio) = frame.message {
      for piece in pieces(of: audio, context: frame.context) {
        pass(piece, context: frame.context, encoding: encoding, at: now)
      }
    } else {
      passWords(frame, at: now)
    }
    if endsTurn(frame.message) { turns[frame.context] = nil }
    if case .contextClosed = frame.message { rests[frame.context] = nil }
  }

  /// The client has cut in: what was still to be said of a context is not wanted any more.
  package mutating func cut(_ context: String?) {
    queue.cut(context)
    rests[context]?.carry = nil
    rests[context]?.pacedUntil = nil
  }

  /// The core ends the connection, after what it sent.
  package mutating func passClose(code: UInt16, reason: String, at now: ContinuousClock.Instant) {
    guard !isOver, !plan.has(.silent) else { return }
    end(.close(code: code, reason: reason), at: now)
  }

  // MARK: Audio

  private mutating func pass(
    _ audio: AudioFrame, context: String?, encoding: AudioEncoding, at now: ContinuousClock.Instant
  ) {
    guard !failsHere(at: now, context: context) else { return }
    if let limit = plan.integer(.silentAfter), audioFrames >= limit { return }
    if plan.has(.dropBeforeAudio) { return end(.breakOff, at: now) }
    if endsConnection(at: now) { return }
    var audio = audio
    let number = turns[context]?.audioFrames ?? 0
    if plan.has(.wrongRate) { audio.rate = audio.rate == 16_000 ? 24_000 : 16_000 }
    let message =
      plan.has(.oddBytes) && encoding == .pcm16
      ? oddMessage(audio, context: context)
      : KugelCodec.encodeAudio(audio, context: context, encoding: encoding)
    if number == 0, plan.has(.badJSON) {
      put(.send(Array("{\"audio\": oops".utf8)), context: context, at: now)
    }
    put(
      .send(number == 0 ? spoiled(message) : message), context: context, at: now,
      heldUntil: pace(audio, context: context, at: now), isOfTurn: true)
    rests[context, default: Rest()].lastAudio = audio
    turns[context]?.audioFrames += 1
    audioFrames += 1
    _ = endsConnection(at: now)
  }

  private func spoiled(_ message: [UInt8]) -> [UInt8] {
    var message = message
    // A sign that base64 does not have, at the beginning of the audio.
    if plan.has(.badBase64) { message.insert(UInt8(ascii: "!"), at: "{\"audio\":\"".utf8.count) }
    if plan.has(.hugeFrame) {
      insert("\"padding\":\"\(String(repeating: "x", count: 2 << 20))\",", into: &message)
    }
    return message
  }

  /// Ends the connection if enough audio was sent.
  private mutating func endsConnection(at now: ContinuousClock.Instant) -> Bool {
    if let limit = plan.integer(.dropAfter), audioFrames >= limit {
      end(.breakOff, at: now)
    } else if let code = plan.integer(.close), audioFrames >= plan.integer(.closeAfter) ?? 0 {
      end(.close(code: UInt16(code), reason: "fault"), at: now)
    }
    return isOver
  }

  /// What is made slowly is sent in short frames, as it is made; else a frame stays whole.
  private func pieces(of audio: AudioFrame, context: String?) -> [AudioFrame] {
    guard plan.has(.slow), !audio.samples.isEmpty else { return [audio] }
    let first = turns[context]?.audioFrames ?? 0
    let length = max(1, audio.rate * Self.slowMilliseconds / 1000)
    return stride(from: 0, to: audio.samples.count, by: length).enumerated().map { number, start in
      AudioFrame(
        samples: Array(audio.samples[start..<min(start + length, audio.samples.count)]),
        rate: audio.rate, index: first + number, chunk: audio.chunk)
    }
  }

  /// Length of a frame that is made slowly.
  static let slowMilliseconds = 40

  private mutating func pace(
    _ audio: AudioFrame, context: String?, at now: ContinuousClock.Instant
  ) -> ContinuousClock.Instant {
    guard let speed = plan.number(.slow) else { return now }
    let start = max(now, rests[context]?.pacedUntil ?? now)
    let end = start + .seconds(Double(audio.samples.count) / Double(audio.rate) / speed)
    rests[context, default: Rest()].pacedUntil = end
    return end
  }

  private mutating func oddMessage(_ audio: AudioFrame, context: String?) -> [UInt8] {
    let carry = rests[context]?.carry
    var bytes = carry.map { [$0] } ?? []
    for sample in audio.samples {
      bytes.append(UInt8(truncatingIfNeeded: sample))
      bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
    }
    rests[context, default: Rest()].carry = carry == nil ? bytes.popLast() : nil
    return KugelCodec.encodeAudio(bytes: bytes, of: audio, context: context, encoding: .pcm16)
  }

  /// The half sample that is left at the end of a chunk.
  private mutating func sendCarry(context: String?, at now: ContinuousClock.Instant) {
    guard let byte = rests[context]?.carry, var frame = rests[context]?.lastAudio else { return }
    rests[context]?.carry = nil
    frame.samples = []
    put(
      .send(KugelCodec.encodeAudio(bytes: [byte], of: frame, context: context, encoding: .pcm16)),
      context: context, at: now, isOfTurn: true)
  }

  // MARK: Words

  private mutating func passWords(_ frame: ServiceFrame, at now: ContinuousClock.Instant) {
    var message = frame.message
    let context = frame.context
    switch message {
    case .generationStarted:
      if failsHere(at: now, context: context) { return }
    case .interrupted: cut(context)
    case .contextClosed:
      // It has ended for the service before, but not for the client.
      if rests[context] == nil { cut(context) }
    case .contextCreated: rests[context] = Rest()
    case .settingsUpdated, .warning, .error: break
    default:
      if turns[context]?.isFailing == true { return }
      sendCarry(context: context, at: now)
    }
    if let limit = plan.integer(.silentAfter), audioFrames >= limit { return }
    switch message {
    case .final(var statistics):
      if plan.has(endpoint == .tts ? .noEnd : .noFinal) { return }
      if plan.has(.noUsage) { statistics.usage = nil }
      message = .final(statistics)
    case .sessionClosed(let totals, let usage):
      if plan.has(.noEnd) { return }
      message = .sessionClosed(totals, usage: plan.has(.noUsage) ? nil : usage)
    case .contextClosed:
      if plan.has(.noEnd) { return }
      if plan.has(.noUsage) { message = .contextClosed(usage: nil) }
    default: break
    }
    put(
      .send(KugelCodec.encode(ServiceFrame(message, context: context), at: endpoint)),
      context: context, at: now, isOfTurn: isOfTurn(message), isLast: isLast(message))
    if message == .interrupted { sendLate(context: context, at: now) }
  }

  private func isOfTurn(_ message: ServiceMessage) -> Bool {
    switch message {
    case .generationStarted, .audio, .wordTimes, .chunkComplete, .final: true
    case .sessionClosed: endpoint == .stream
    case .warning, .interrupted, .settingsUpdated, .contextCreated, .contextTimeout,
      .contextClosed, .error:
      false
    }
  }

  /// Whether it comes after what all contexts say.
  private func isLast(_ message: ServiceMessage) -> Bool {
    if case .sessionClosed = message { endpoint == .multi } else { false }
  }

  private mutating func sendLate(context: String?, at now: ContinuousClock.Instant) {
    let last =
      rests[context]?.lastAudio ?? AudioFrame(samples: [], rate: 24_000, index: -1, chunk: 0)
    for number in 0..<(plan.integer(.lateAfterCancel) ?? 0) {
      // Loud and not silent, so that nobody misses it who plays it.
      let late = AudioFrame(
        samples: [Int16](repeating: 12_345, count: 480), rate: last.rate,
        index: last.index + 1 + number, chunk: last.chunk)
      put(
        .send(KugelCodec.encodeAudio(late, context: context, encoding: .pcm16)), context: context,
        at: now)
    }
  }

  // MARK: Turns

  /// Whether the turn is one that fails; says so where its first message would leave.
  private mutating func failsHere(at now: ContinuousClock.Instant, context: String?) -> Bool {
    var turn = turns[context] ?? Turn()
    if turn.number == nil {
      turnsBegun += 1
      turn.number = turnsBegun
      turns[context] = turn
      let failing = turnsBegun <= plan.integer(.failTurns) ?? 0
      if let error = plan.turnError ?? (failing ? .generationFailed : nil) {
        turn.isFailing = true
        turns[context] = turn
        put(
          .send(KugelCodec.encode(ServiceFrame(.error(error), context: context), at: endpoint)),
          context: context, at: now)
      }
    }
    return turn.isFailing
  }

  private func endsTurn(_ message: ServiceMessage) -> Bool {
    switch message {
    case .sessionClosed, .interrupted, .contextClosed, .error: true
    case .final: endpoint != .stream
    default: false
    }
  }

  // MARK: The queue

  private mutating func end(_ step: Step, at now: ContinuousClock.Instant) {
    guard !isOver else { return }
    put(step, context: nil, at: now, isLast: true)
    isOver = true
  }

  private func isDelayed(_ context: String?) -> Bool {
    guard let every = plan.integer(.delayEvery) else { return true }
    return turns[context]?.number?.isMultiple(of: every) ?? false
  }

  /// - Parameters:
  ///   - heldUntil: when it may leave if it is held up on purpose.
  ///   - isLast: it leaves after everything that waits, whosever that is.
  private mutating func put(
    _ step: Step, context: String?, at now: ContinuousClock.Instant,
    heldUntil: ContinuousClock.Instant? = nil, isOfTurn: Bool = false, isLast: Bool = false
  ) {
    var late = Duration.zero
    if isDelayed(context) {
      late += .milliseconds(plan.integer(.delay) ?? 0)
      if let jitter = plan.integer(.jitter) {
        late += .milliseconds(Int.random(in: 0...jitter, using: &chance))
      }
    }
    var release = (heldUntil ?? now) + late
    if let end = isLast ? queue.end : queue.end(of: context) { release = max(release, end) }
    // Without audio that is held up, waiting is the network's, which forgets nothing.
    let earliest = plan.has(.slow) && !isLast ? now + late : release
    var steps = [step]
    if plan.has(.unknownFrames), case .send(var message) = step {
      let stranger = "{\"telemetry\":{\"load\":[0.5,null]},\"note\":\"nobody knows this message\"}"
      insert("\"unknown\":{\"nested\":[1,null,\"}\"]},", into: &message)
      steps = [.send(Array(stranger.utf8)), .send(message)]
    }
    for step in steps {
      queue.insert(
        FaultQueue.Entry(
          step: step, context: context, release: release, earliest: earliest, isOfTurn: isOfTurn))
    }
  }

  /// Puts members in front of a JSON object's others.
  private func insert(_ members: String, into message: inout [UInt8]) {
    guard message.first == UInt8(ascii: "{"), message.count > 2 else { return }
    message.insert(contentsOf: members.utf8, at: 1)
  }
}

/// Chance that begins with a number and goes on the same way each time.
///
/// Source: Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators (2014).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
