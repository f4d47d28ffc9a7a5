import Glibc

@testable import KugelAudio

/// A device in virtual time: plays at its own clock, runs dry, is suspended and lost as the test wants.
final class SimulatedDevice: PlaybackDevice {
  let rate: Int
  /// Interleaved in what is written and heard.
  let channels: Int
  let bufferFrames: Int
  let startFrames: Int
  /// Whether it plays in time; else it takes everything at once.
  let isPaced: Bool
  /// Frames between its buffer and the ear.
  let latency: Int
  /// Parts in a million by which its clock is fast.
  var drift = 0.0
  var canRewind = true
  /// As a sound server; else as a card.
  var startsAnewUnheard = false
  /// Whether it takes samples as they lie in the ring.
  var takesMemory = true

  /// Everything heard, silence included; nothing while it stands still.
  private(set) var heard: [Int16] = []
  /// What was asked of it besides writes.
  private(set) var calls: [String] = []
  /// Answers to the next calls of `room`, before it works again.
  var refusals: [CInt] = []
  /// Called with each write that is taken.
  var onWrite: () -> Void = {}

  private var buffer: [Int16] = []
  private var head = 0
  private var isRunning = false
  private var ranDry = false
  private var isSuspended = false
  private var progress = 0.0

  init(
    rate: Int = 24_000, channels: Int = 1, bufferMilliseconds: Int = 200, isPaced: Bool = true,
    latency: Int = 0
  ) {
    self.rate = rate
    self.channels = channels
    bufferFrames = rate * bufferMilliseconds / 1000
    startFrames = rate / 50
    self.isPaced = isPaced
    self.latency = latency
  }

  /// Frames.
  private var held: Int { (buffer.count - head) / channels }

  /// Time passes.
  func advance(_ time: Duration) {
    guard isRunning, isPaced else { return }
    progress += time / .seconds(1) * Double(rate) * (1 + drift / 1e6)
    let frames = Int(progress)
    progress -= Double(frames)
    let played = min(frames, held)
    heard += buffer[head..<head + played * channels]
    head += played * channels
    if head > 1 << 16 {
      buffer.removeFirst(head)
      head = 0
    }
    if played < frames { (isRunning, ranDry) = (false, true) }
  }

  /// The machine goes to sleep: what it holds is not played.
  func suspend() { (isSuspended, isRunning) = (true, false) }

  func write(_ samples: ArraySlice<Int16>) -> Int {
    if isSuspended { return Int(-ESTRPIPE) }
    if ranDry { return Int(-EPIPE) }
    let taken = min(samples.count / channels, bufferFrames - held)
    guard taken > 0 else { return Int(-EAGAIN) }
    if isPaced {
      buffer += samples.prefix(taken * channels)
      if held >= startFrames { isRunning = true }
    } else {
      heard += samples.prefix(taken * channels)
    }
    onWrite()
    return taken
  }

  func write(_ samples: UnsafeBufferPointer<Int16>) -> Int? {
    takesMemory ? unsafe write(Array(samples)[...]) : nil
  }

  func room() -> Int {
    if !refusals.isEmpty { return Int(refusals.removeFirst()) }
    if isSuspended { return Int(-ESTRPIPE) }
    return ranDry ? Int(-EPIPE) : bufferFrames - held
  }

  func delay() -> Int? { isRunning ? held + latency : nil }

  func left() -> Int? { held }

  func rewind(_ frames: Int) -> Int {
    guard canRewind else { return 0 }
    calls.append("rewind")
    let taken = min(frames, held)
    buffer.removeLast(taken * channels)
    return taken
  }

  func prepare() -> CInt {
    calls.append("prepare")
    forget()
    return 0
  }

  func resume() -> CInt {
    calls.append("resume")
    return -ENOSYS
  }

  func drain() -> CInt {
    calls.append("drain")
    heard += buffer[head...]
    forget()
    return 0
  }

  func drop() {
    calls.append("drop")
    forget()
  }

  private func forget() {
    (buffer, head, isRunning, ranDry, progress) = ([], 0, false, false, 0)
    isSuspended = false
  }

  func explain(_ code: CInt) -> String { "code \(code)" }
}
