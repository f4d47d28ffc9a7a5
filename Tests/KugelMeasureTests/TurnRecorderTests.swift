import Testing

@testable import KugelMeasure
@testable import KugelWire

/// Events of one turn at known moments, in milliseconds.
struct Recording {
  let start = ContinuousClock.now
  var recorder: TurnRecorder

  init(_ phase: TurnPhase = .warm, firstSentence: Int? = nil) {
    recorder = TurnRecorder(phase: phase, turn: 1, firstSentence: firstSentence)
  }

  mutating func at(_ milliseconds: Double, _ event: TurnRecorder.Event) {
    recorder.receive(event, at: start + .microseconds(Int(milliseconds * 1000)))
  }

  /// - Parameter silent: milliseconds before the first audible sample of the frame.
  mutating func audio(
    at milliseconds: Double, length: Double, silent: Double = 0, chunk: Int = 0
  ) {
    let count = Int(length * 24)
    let quiet = min(Int(silent * 24), count)
    let samples =
      [Int16](repeating: 20, count: quiet) + [Int16](repeating: 9000, count: count - quiet)
    at(
      milliseconds,
      .received(.audio(AudioFrame(samples: samples, rate: 24_000, index: 0, chunk: chunk))))
  }

  mutating func send(at milliseconds: Double, _ text: String, flush: Bool = false) {
    at(milliseconds, .sent(ClientFrame(text: text)))
    if flush { at(milliseconds, .sent(.flush)) }
  }

  var sample: TurnSample { recorder.sample(since: start) }
}

@Suite struct TurnRecorderTests {
  @Test func `known delays come out exactly`() throws {
    var turn = Recording()
    turn.send(at: 1000, "Hello there.", flush: true)
    turn.at(1010, .received(.generationStarted(chunk: 0, text: "Hello there.")))
    turn.audio(at: 1118, length: 200, silent: 13)
    turn.audio(at: 1159, length: 200)
    turn.audio(at: 1660, length: 100)
    turn.at(
      1670,
      .received(.chunkComplete(chunk: 0, audioSeconds: 0.5, generationMilliseconds: 100)))
    var statistics = FinalStatistics()
    statistics.timeToFirstAudioMilliseconds = 46
    turn.at(1670, .received(.final(statistics)))
    turn.at(1671, .received(.sessionClosed(TurnTotals(), usage: nil)))
    let sample = turn.sample
    #expect(sample.start == 1000)
    #expect(sample.firstByte == 118)
    #expect(sample.leadingSilence == 13)
    #expect(sample.firstSound == 131)
    #expect(sample.firstSoundServer == 46)
    #expect(sample.frameGaps == [41, 501])
    #expect(sample.lateFrames == [1, 1, 0])
    #expect(sample.audioSeconds == 0.5)
    #expect(sample.realTimeFactor == 1.32)
    #expect(sample.realTimeFactorServer == 0.2)
    #expect(
      sample.segments == [
        TurnSample.Segment(characters: 12, firstByte: 108, audioSeconds: 0.5, serverTime: 100)
      ])
    #expect(sample.duration == 671)
    #expect(sample.sampleRate == 24_000)
    #expect(sample.connect == nil && sample.firstSoundCold == nil && sample.startDelay == nil)
  }

  @Test
  func `silence over whole frames counts on the stream's time line, and waiting for them too`() {
    var turn = Recording()
    turn.send(at: 0, "Hm.", flush: true)
    turn.audio(at: 100, length: 50, silent: 50)
    turn.audio(at: 120, length: 50, silent: 50)
    turn.audio(at: 260, length: 50, silent: 10)
    #expect(turn.sample.firstByte == 100)
    #expect(turn.sample.leadingSilence == 110)
    // Without a cushion the third frame is waited for.
    #expect(turn.sample.firstSound == 270)
  }

  @Test func `a cold turn counts from the dial too`() {
    var turn = Recording(.cold)
    turn.at(10, .dialled)
    turn.at(422, .opened(ConnectTimes(name: 5, tcp: 100, tls: 200, upgrade: 107)))
    turn.send(at: 423, "Hello.", flush: true)
    turn.audio(at: 523, length: 100, silent: 7)
    #expect(turn.sample.connect == 412)
    #expect(turn.sample.values(of: .connectTLS) == [200])
    #expect(turn.sample.firstByte == 100)
    #expect(turn.sample.firstSoundCold == 520)
  }

  @Test func `the end of the first sentence is a clock of its own`() {
    var turn = Recording(firstSentence: 9)
    turn.send(at: 0, "One")
    turn.send(at: 20, " two.")
    turn.send(at: 40, " ")
    turn.send(at: 60, "Three.")
    turn.audio(at: 150, length: 20)
    #expect(turn.sample.firstByte == 150)
    #expect(turn.sample.firstByteAfterSentence == 110)
    var unpaced = Recording()
    unpaced.send(at: 0, "One two.", flush: true)
    unpaced.audio(at: 150, length: 20)
    #expect(unpaced.sample.firstByteAfterSentence == nil)
  }

  @Test func `a flushed piece is answered by the turn of its own`() {
    var turn = Recording()
    turn.send(at: 0, "One. ", flush: true)
    turn.send(at: 100, "Two.", flush: true)
    turn.audio(at: 130, length: 100)
    turn.at(140, .received(.sessionClosed(TurnTotals(), usage: nil)))
    turn.audio(at: 180, length: 100)
    turn.at(190, .received(.sessionClosed(TurnTotals(), usage: nil)))
    #expect(
      turn.sample.pieces == [
        TurnSample.Piece(characters: 5, firstByte: 130),
        TurnSample.Piece(characters: 4, firstByte: 80),
      ])
  }

  @Test func `a late start is counted from when it was meant to be`() {
    var turn = Recording()
    turn.at(100, .due)
    turn.send(at: 400, "Hello.", flush: true)
    turn.audio(at: 450, length: 100)
    #expect(turn.sample.start == 100)
    #expect(turn.sample.startDelay == 300)
    #expect(turn.sample.firstByte == 350)
    // What the service did with it is its own matter.
    #expect(turn.sample.realTimeFactor == 0.5)
  }

  @Test func `a cancel is measured to its acknowledgement and to the last stray frame`() {
    var turn = Recording(.bargeIn)
    turn.send(at: 0, "Let me explain.", flush: true)
    turn.audio(at: 50, length: 100)
    turn.at(60, .sent(.cancel))
    turn.audio(at: 66, length: 100)
    #expect(!turn.recorder.isAcknowledged)
    turn.at(71, .received(.interrupted))
    #expect(turn.recorder.isAcknowledged)
    #expect(turn.sample.cancelAcknowledged == 11)
    #expect(turn.sample.cancelLastFrame == 6)
  }

  @Test func `a frame that came before the cancel is no stray, though it is told after it`() {
    var turn = Recording(.bargeIn)
    turn.send(at: 0, "Let me explain.", flush: true)
    turn.audio(at: 50, length: 100)
    turn.at(60, .sent(.cancel))
    turn.audio(at: 59, length: 100)
    turn.at(71, .received(.interrupted))
    #expect(turn.sample.cancelLastFrame == nil)
  }

  @Test func `a failed turn says nothing but its cause`() {
    var turn = Recording()
    turn.send(at: 0, "Hello.", flush: true)
    turn.audio(at: 50, length: 100)
    turn.at(60, .failed(cause: "the connection broke"))
    turn.at(61, .failed(cause: "again"))
    #expect(turn.sample.failure == "the connection broke")
    #expect(Metric.allCases.flatMap { turn.sample.values(of: $0) } == [])
  }

  @Test func `frames without samples are no frames`() {
    var turn = Recording()
    turn.send(at: 0, "Hello.", flush: true)
    turn.audio(at: 20, length: 0)
    turn.audio(at: 50, length: 100)
    #expect(turn.sample.firstByte == 50)
    #expect(turn.sample.frames == 1)
  }
}
