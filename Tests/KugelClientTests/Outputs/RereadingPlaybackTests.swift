import Glibc
import KugelAudio
import KugelFloor
import KugelQueue
import KugelSystem
import Testing

@testable import KugelClient

/// Speakers that play as much as they are told to.
private final class TapeSpeakers: Playback {
  private(set) var heard: [Int16] = []
  private var waiting: [Int16] = []
  private(set) var position = 0
  private(set) var turnEnds = 0
  private(set) var isFinishing = false
  var state = SinkRunner.State.running
  var hasStopped = false

  func play(_ count: Int) {
    let piece = waiting.prefix(count)
    heard += piece
    waiting.removeFirst(piece.count)
    position += piece.count
  }

  func offer(_ samples: [Int16], rate: Int) { waiting += samples }
  func endTurn() { turnEnds += 1 }
  func silence() -> Int {
    defer {
      position += waiting.count
      waiting = []
    }
    return position
  }
  func finish() { isFinishing = true }
  func cut() {}
  func textIsComplete(_ complete: Bool) {}
  let gaps = 0
  let cushion = Duration.zero
  let queuedSeconds = 0.0
  let deadline: ContinuousClock.Instant? = nil
  func instant(ofSample sample: Int) -> ContinuousClock.Instant? { nil }
  func pause(_ paused: Bool) {}
  func waitForSilence(atMost patience: Duration) {}
  func setVolume(decibels: Double) {}
  func tick(at now: ContinuousClock.Instant) {}
}

/// A folder of one test.
private final class MemoryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/kugel-test-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw SystemError(code: errno, call: "mkdtemp")
    }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    for name in Folder.names(in: path) { unsafe unlink("\(path)/\(name)") }
    unsafe rmdir(path)
  }
}

@Suite struct RereadingPlaybackTests {
  private let folder: MemoryFolder
  private let device = TapeSpeakers()
  private let playback: RereadingPlayback

  init() throws {
    folder = try MemoryFolder()
    playback = RereadingPlayback(device, memory: SoundMemory(folder: folder.path, id: 1))
  }

  /// Ten seconds at 100 Hz; sentences begin at 0, 2, 5 s.
  private func speak() {
    for second in 0..<10 {
      playback.offer((0..<100).map { Int16(second * 100 + $0) }, rate: 100)
    }
    for second in [0.0, 2, 5] { playback.markSentence(at: second) }
  }

  @Test func `a sentence back is heard again, and then all that follows, once`() {
    speak()
    device.play(540)
    #expect(playback.go(.back))
    #expect(playback.position == 540 && playback.isBehind)
    device.play(10_000)
    #expect(device.heard == (0..<540).map(Int16.init) + (200..<1000).map(Int16.init))
    #expect(playback.position == 1000 && !playback.isBehind)
    #expect(playback.progress == (10, 0))
  }

  @Test func `a sentence on passes over the rest of this one, and sound that comes then follows`() {
    speak()
    device.play(30)
    #expect(playback.go(.on) && playback.go(.on) && playback.go(.on))
    #expect(playback.position == 1000 && !playback.go(.on))
    playback.offer([7, 8], rate: 100)
    device.play(10)
    #expect(device.heard == (0..<30).map(Int16.init) + [7, 8])
    #expect(playback.position == 1002)
  }

  @Test func `what is over begins again from its start, and ends as before`() {
    speak()
    playback.endTurn()
    device.play(1000)
    #expect(playback.go(.start))
    #expect(device.turnEnds == 2)
    device.play(1000)
    #expect(device.heard == (0..<1000).map(Int16.init) + (0..<1000).map(Int16.init))
  }

  @Test func `the end is not told before nobody can go back`() {
    speak()
    playback.finish()
    #expect(!device.isFinishing && playback.deadline != nil)
    // A deadline stands still until it has come.
    #expect(playback.deadline == playback.deadline)
    device.play(900)
    playback.tick(at: .now + .seconds(60))
    #expect(!device.isFinishing)
    #expect(playback.go(.back))
    device.play(480)
    playback.tick(at: .now + .seconds(60))
    #expect(device.isFinishing)
    #expect(!playback.go(.back))
  }

  @Test func `a lost device ends at once`() {
    speak()
    device.state = .finished
    playback.finish()
    #expect(device.isFinishing)
  }

  @Test func `a device that was lost while it had nothing more to take is told the end soon`()
    throws
  {
    playback.offer([Int16](repeating: 1, count: 240_000), rate: 24_000)
    playback.finish()
    let due = try #require(playback.deadline)
    #expect(due <= .now + .seconds(1))
    playback.tick(at: due)
    #expect(!device.isFinishing)
    device.hasStopped = true
    playback.tick(at: try #require(playback.deadline))
    #expect(device.isFinishing)
  }

  @Test func `a barge-in forgets what was not heard, also while one is behind`() {
    speak()
    device.play(540)
    #expect(playback.go(.back))
    device.play(10)
    #expect(playback.silence() == 540)
    #expect(playback.position == 1000 && !playback.isBehind)
    playback.offer([1], rate: 100)
    device.play(5)
    #expect(playback.position == 1001)
  }

  @Test func `what was said can be heard again by others`() throws {
    speak()
    playback.keepItem(text: "Hello", source: nil)
    let last = try #require(LastSound(in: folder.path))
    #expect(last.title.samples == 0..<1000 && last.title.marks == [0, 200, 500])
    #expect(last.read(from: 990, count: 100) == (990..<1000).map(Int16.init))
  }

  @Test func `another item begins where it begins`() throws {
    speak()
    device.play(1000)
    playback.beginItem()
    playback.markSentence(at: 10)
    playback.offer([1, 2, 3], rate: 100)
    device.play(3)
    #expect(playback.go(.back))
    device.play(10)
    #expect(device.heard.suffix(6) == [1, 2, 3, 1, 2, 3])
    playback.keepItem(text: nil, source: nil)
    #expect(try #require(LastSound(in: folder.path)).title.samples == 0..<3)
  }

  @Test func `sound of another rate is a beginning`() {
    playback.offer([1, 2, 3], rate: 100)
    playback.offer([4, 5, 6], rate: 200)
    device.play(6)
    #expect(playback.go(.start))
    device.play(6)
    #expect(device.heard == [1, 2, 3, 4, 5, 6, 4, 5, 6])
  }
}
