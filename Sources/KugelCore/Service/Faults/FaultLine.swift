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

    fileprivate var byteCount: Int {
      if case .send(let message) = self { message.count } else { 0 }
    }
  }

  private struct Waiting: Sendable {
    var step: Step
    var release: ContinuousClock.Instant
    /// Audio that was held up on purpose; forgotten when the client cancels.
    var isAudio: Bool
  }

  private let plan: FaultPlan
  private let endpoint: Endpoint
  private var chance: SplitMix64
  private var queue: ArraySlice<Waiting> = []
  /// Bytes that wait for their time.
  package private(set) var queuedBytes = 0
  private var isOver = false
  private var audioFrames = 0
  private var lastAudio: AudioFrame?
  private var carry: UInt8?

  // Of the turn under way:
  private var turns = 0
  private var hasBegun = false
  private var isFailing = false
  private var turnAudioFrames = 0
  private var pacedFrom: ContinuousClock.Instant?
  private var pacedSeconds = 0.0

  /// - Parameter connection: counts from 0.
  package init(plan: FaultPlan, endpoint: Endpoint, connection: Int) {
    self.plan = plan.plan(forConnection: connection)
    self.endpoint = endpoint
    chance = SplitMix64(state: UInt64(plan.integer(.seed) ?? 1) &+ UInt64(connection))
  }

  /// When `due` has something; nil when nothing waits.
  package var deadline: ContinuousClock.Instant? { queue.first?.release }

  /// Takes what is to be done by now, in order.
  package mutating func due(at now: ContinuousClock.Instant) -> [Step] {
    var steps: [Step] = []
    while let first = queue.first, first.release <= now {
      steps.append(first.step)
      queuedBytes -= first.step.byteCount
      queue.removeFirst()
    }
    return steps
  }

  /// A message that the core wants to send.
  package mutating func pass(
    _ frame: ServiceFrame, encoding: AudioEncoding, at now: ContinuousClock.Instant
  ) {
    guard !isOver, !plan.has(.silent) else { return }
    if case .audio(let audio) = frame.message {
      for piece in pieces(of: audio) {
        pass(piece, context: frame.context, encoding: encoding, at: now)
      }
    } else {
      passWords(frame, at: now)
    }
    if endsTurn(frame.message) { forgetTurn() }
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
    if plan.has(.wrongRate) { audio.rate = audio.rate == 16_000 ? 24_000 : 16_000 }
    let message =
      plan.has(.oddBytes) && encoding == .pcm16
      ? oddMessage(audio, context: context)
      : KugelCodec.encodeAudio(audio, context: context, encoding: encoding)
    if turnAudioFrames == 0, plan.has(.badJSON) {
      put(.send(Array("{\"audio\": oops".utf8)), at: now)
    }
    put(.send(spoiled(message)), at: pace(audio, at: now), isAudio: plan.has(.slow))
    lastAudio = audio
    audioFrames += 1
    turnAudioFrames += 1
    _ = endsConnection(at: now)
  }

  private func spoiled(_ message: [UInt8]) -> [UInt8] {
    var message = message
    if turnAudioFrames == 0 {
      // A sign that base64 does not have, at the beginning of the audio.
      if plan.has(.badBase64) { message.insert(UInt8(ascii: "!"), at: "{\"audio\":\"".utf8.count) }
      if plan.has(.hugeFrame) {
        insert("\"padding\":\"\(String(repeating: "x", count: 2 << 20))\",", into: &message)
      }
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
  private func pieces(of audio: AudioFrame) -> [AudioFrame] {
    guard plan.has(.slow), !audio.samples.isEmpty else { return [audio] }
    let length = max(1, audio.rate * Self.slowMilliseconds / 1000)
    return stride(from: 0, to: audio.samples.count, by: length).enumerated().map { number, start in
      AudioFrame(
        samples: Array(audio.samples[start..<min(start + length, audio.samples.count)]),
        rate: audio.rate, index: turnAudioFrames + number, chunk: audio.chunk)
    }
  }

  /// Length of a frame that is made slowly.
  static let slowMilliseconds = 40

  private mutating func pace(_ audio: AudioFrame, at now: ContinuousClock.Instant)
    -> ContinuousClock.Instant
  {
    guard let speed = plan.number(.slow) else { return now }
    let start = pacedFrom ?? now
    pacedFrom = start
    pacedSeconds += Double(audio.samples.count) / Double(audio.rate)
    return start + .seconds(pacedSeconds / speed)
  }

  private mutating func oddMessage(_ audio: AudioFrame, context: String?) -> [UInt8] {
    var bytes = carry.map { [$0] } ?? []
    for sample in audio.samples {
      bytes.append(UInt8(truncatingIfNeeded: sample))
      bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
    }
    carry = carry == nil ? bytes.popLast() : nil
    return KugelCodec.encodeAudio(bytes: bytes, of: audio, context: context, encoding: .pcm16)
  }

  /// The half sample that is left at the end of a chunk.
  private mutating func sendCarry(context: String?, at now: ContinuousClock.Instant) {
    guard let byte = carry, let audio = lastAudio else { return }
    carry = nil
    var rest = audio
    rest.samples = []
    put(
      .send(KugelCodec.encodeAudio(bytes: [byte], of: rest, context: context, encoding: .pcm16)),
      at: now)
  }

  // MARK: Words

  private mutating func passWords(_ frame: ServiceFrame, at now: ContinuousClock.Instant) {
    var message = frame.message
    switch message {
    case .generationStarted:
      if failsHere(at: now, context: frame.context) { return }
    case .interrupted:
      queue.removeAll { $0.isAudio }
      hurry(at: now)
      queuedBytes = queue.reduce(0) { $0 + $1.step.byteCount }
      carry = nil
    case .settingsUpdated, .warning, .error: break
    default:
      if isFailing { return }
      sendCarry(context: frame.context, at: now)
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
    default: break
    }
    put(
      .send(KugelCodec.encode(ServiceFrame(message, context: frame.context), at: endpoint)), at: now
    )
    if message == .interrupted { sendLate(context: frame.context, at: now) }
  }

  private mutating func sendLate(context: String?, at now: ContinuousClock.Instant) {
    let last = lastAudio ?? AudioFrame(samples: [], rate: 24_000, index: -1, chunk: 0)
    for number in 0..<(plan.integer(.lateAfterCancel) ?? 0) {
      // Loud and not silent, so that nobody misses it who plays it.
      let late = AudioFrame(
        samples: [Int16](repeating: 12_345, count: 480), rate: last.rate,
        index: last.index + 1 + number, chunk: last.chunk)
      put(.send(KugelCodec.encodeAudio(late, context: context, encoding: .pcm16)), at: now)
    }
  }

  // MARK: Turns

  /// Whether the turn is one that fails; says so where its first message would leave.
  private mutating func failsHere(at now: ContinuousClock.Instant, context: String?) -> Bool {
    if !hasBegun {
      hasBegun = true
      turns += 1
      let failing = turns <= plan.integer(.failTurns) ?? 0 ? ServiceError.generationFailed : nil
      if let error = plan.turnError ?? failing {
        isFailing = true
        put(
          .send(KugelCodec.encode(ServiceFrame(.error(error), context: context), at: endpoint)),
          at: now)
      }
    }
    return isFailing
  }

  private func endsTurn(_ message: ServiceMessage) -> Bool {
    switch message {
    case .sessionClosed, .interrupted, .error: true
    case .final: endpoint == .tts
    default: false
    }
  }

  private mutating func forgetTurn() {
    (hasBegun, isFailing) = (false, false)
    turnAudioFrames = 0
    (pacedFrom, pacedSeconds) = (nil, 0)
  }

  // MARK: The queue

  /// What waited behind audio that is no more has only the delay to wait for.
  private mutating func hurry(at now: ContinuousClock.Instant) {
    let latest = now + .milliseconds(plan.integer(.delay) ?? 0)
    for index in queue.indices { queue[index].release = min(queue[index].release, latest) }
  }

  private mutating func end(_ step: Step, at now: ContinuousClock.Instant) {
    guard !isOver else { return }
    put(step, at: now)
    isOver = true
  }

  private var isDelayed: Bool {
    guard let every = plan.integer(.delayEvery) else { return true }
    return hasBegun && turns.isMultiple(of: every)
  }

  private mutating func put(
    _ step: Step, at moment: ContinuousClock.Instant, isAudio: Bool = false
  ) {
    var release = moment
    if isDelayed {
      release += .milliseconds(plan.integer(.delay) ?? 0)
      if let jitter = plan.integer(.jitter) {
        release += .milliseconds(Int.random(in: 0...jitter, using: &chance))
      }
    }
    release = max(release, queue.last?.release ?? release)
    var steps = [step]
    if plan.has(.unknownFrames), case .send(var message) = step {
      let stranger = "{\"telemetry\":{\"load\":[0.5,null]},\"note\":\"nobody knows this message\"}"
      insert("\"unknown\":{\"nested\":[1,null,\"}\"]},", into: &message)
      steps = [.send(Array(stranger.utf8)), .send(message)]
    }
    for step in steps {
      queue.append(Waiting(step: step, release: release, isAudio: isAudio))
      queuedBytes += step.byteCount
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
