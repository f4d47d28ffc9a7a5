import EngineTestSupport
import Glibc
import KugelEngine
import KugelSystem
import KugelText
import Synchronization
import Testing

@testable import KugelPiper

/// With ONNX Runtime itself, where it is installed; the conformance part `piper` brings two versions along.
@Suite(
  .enabled(if: onnxRuntime != nil, "ONNX Runtime is not installed (KUGEL_ONNXRUNTIME names it)"))
struct RuntimeTests {
  private let scratch = Scratch()
  private var runtime: String { onnxRuntime ?? "" }

  private func model(_ tiny: TinyModel) throws -> any PiperModel {
    try scratch.add("en_US-tiny-medium", tiny)
    let shelf = VoiceShelf(folders: [scratch.path])
    let loader = VoiceLoader(
      RuntimeShelf(RuntimePlaces(named: runtime) { _ in nil }), PreparedStore(folder: nil),
      threads: 1,
      trial: { PiperEngine.trial($0, shelf) }, warn: { Issue.record("\($0)") })
    return try loader.load(shelf.voices[0])
  }

  private func sound(_ model: any PiperModel, _ request: PiperRequest) throws -> (
    samples: [Float], frames: [Int], hop: Int, pieces: Int
  ) {
    var (samples, frames, hop, pieces): ([Float], [Int], Int, Int) = ([], [], 0, 0)
    try model.speak(request, stop: Cancellation()) {
      (frames, hop) = ($0, $1)
    } take: {
      samples += $0
      pieces += 1
      return true
    }
    return (samples, frames, hop, pieces)
  }

  @Test func `a cut model gives what the whole one gives`() throws {
    let request = PiperRequest(
      ids: (1...90).map { Int64($0) }, scales: [0, 1, 0], speaker: nil)
    let cut = try sound(try model(TinyModel()), request)
    let whole = try sound(try model(TinyModel(hasKnownWeight: false)), request)
    #expect(cut.frames == [Int](repeating: 2, count: 90) && cut.frames == whole.frames)
    #expect(cut.hop == TinyModel.hop && whole.hop == TinyModel.hop)
    #expect(cut.samples.count == 90 * 2 * TinyModel.hop && cut.pieces > 3)
    #expect(whole.samples.count == cut.samples.count)
    for (left, right) in zip(cut.samples, whole.samples) { #expect(abs(left - right) <= 1e-6) }
  }

  @Test func `a flow that is run in windows gives what it gives whole`() throws {
    let request = PiperRequest(
      ids: (1...900).map { Int64($0 * 37 % 101) }, scales: [0, 1, 0], speaker: nil)
    let cut = try sound(try model(TinyModel(hasFlow: true)), request)
    let whole = try sound(try model(TinyModel(hasKnownWeight: false, hasFlow: true)), request)
    #expect(cut.frames == whole.frames && cut.samples.count == whole.samples.count)
    let plain = try sound(try model(TinyModel()), request)
    #expect(cut.pieces > 3 && cut.samples != plain.samples)
    for (left, right) in zip(cut.samples, whole.samples) { #expect(abs(left - right) <= 1e-6) }
  }

  @Test func `the length scale and the speaker reach the model`() throws {
    let many = try model(TinyModel(speakers: 3))
    var request = PiperRequest(ids: [1, 2, 3], scales: [0, 2, 0], speaker: 0)
    let first = try sound(many, request)
    #expect(first.frames == [3, 3, 3])
    request.speaker = 2
    #expect(try sound(many, request).samples != first.samples)
  }

  @Test func `speaks with a voice, prepares it, and finds it prepared`() throws {
    try scratch.add("en_US-tiny-medium", TinyModel(hasFlow: true))
    let text = "Hello, this is a test of what is kept. It has two sentences."
    let first = try engine(scratch, runtime: runtime).speech(text, words: true)
    #expect(first.samples.count > 100 && first.words.count == 13)
    let cache = scratch.path + "/cache/kugel/piper"
    let kept = try #require(Folder.names(in: cache).first)
    let files = [
      PreparedStore.encoder, PreparedStore.front, PreparedStore.flow, PreparedStore.vocoder,
      PreparedStore.plan,
    ]
    #expect(Set(Folder.names(in: "\(cache)/\(kept)")) == Set(files))
    #expect(
      try engine(scratch, runtime: runtime).speech(text, words: true).samples.count
        == first.samples.count)
    // Damage of every kind is made good.
    for name in files {
      for damage in [[], Array("no such thing".utf8), nil] as [[UInt8]?] {
        if let damage {
          try scratch.write("cache/kugel/piper/\(kept)/\(name)", damage)
        } else {
          unsafe unlink("\(cache)/\(kept)/\(name)")
        }
        #expect(
          try engine(scratch, runtime: runtime).speech(text).samples.count == first.samples.count)
        #expect(Set(Folder.names(in: "\(cache)/\(kept)")) == Set(files))
      }
    }
    #expect(Folder.names(in: cache) == [kept])
  }

  @Test func `a damaged half of the right size is made again`() throws {
    try scratch.add("en_US-tiny-medium")
    let count = try engine(scratch, runtime: runtime).speech("Hello.").samples.count
    let cache = scratch.path + "/cache/kugel/piper"
    let kept = try #require(Folder.names(in: cache).first)
    let path = "cache/kugel/piper/\(kept)/\(PreparedStore.front)"
    let size = try FileStatus(of: scratch.path + "/" + path).size
    try scratch.write(path, [UInt8](repeating: 0x5A, count: size))
    #expect(try engine(scratch, runtime: runtime).speech("Hello.").samples.count == count)
  }

  @Test func `what was written into a half since it was prepared is seen, whatever it was`() throws
  {
    try scratch.add("en_US-tiny-medium")
    let samples = try engine(scratch, runtime: runtime).speech("Hello.").samples
    let cache = scratch.path + "/cache/kugel/piper"
    let kept = try #require(Folder.names(in: cache).first)
    let path = "\(cache)/\(kept)/\(PreparedStore.vocoder)"
    // Within the weights: no structure breaks.
    let file = try Descriptor.open(path, O_RDWR)
    let half = try FileStatus(of: path).size / 2
    lseek(file, off_t(half), SEEK_SET)
    try Descriptor.writeAll([UInt8](repeating: 0x3F, count: 16), to: file)
    close(file)
    var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
    #expect(unsafe utimensat(AT_FDCWD, path, &times, 0) == 0)
    #expect(try engine(scratch, runtime: runtime).speech("Hello.").samples == samples)
  }

  @Test func `a voice that is another one now leaves nothing of the old one`() throws {
    try scratch.add("en_US-tiny-medium")
    _ = try engine(scratch, runtime: runtime).speech("Hello.")
    let cache = scratch.path + "/cache/kugel/piper"
    let first = Folder.names(in: cache)
    try scratch.add("en_US-tiny-medium", TinyModel(speakers: 2))
    _ = try engine(scratch, runtime: runtime).speech("Hello.")
    #expect(Folder.names(in: cache).count == 1 && Folder.names(in: cache) != first)
  }

  @Test func `where nothing can be kept it speaks all the same, and says so`() throws {
    try scratch.add("en_US-tiny-medium")
    try scratch.write("cache", Array("a file".utf8))
    let told = Mutex<[String]>([])
    let spoken = try engine(scratch, runtime: runtime) { line in told.withLock { $0.append(line) } }
      .speech("Hello.")
    #expect(!spoken.samples.isEmpty)
    #expect(told.withLock(\.self).count == 1)
  }

  @Test func `a broken model says which file, and what to do`() throws {
    try scratch.add("en_US-tiny-medium")
    var other = TinyModel().file
    other.replaceSubrange(200..<260, with: [UInt8](repeating: 0, count: 60))
    let whole = TinyModel().file
    for bytes in [[], Array("no model".utf8), Array(whole.prefix(700)), other] {
      try scratch.write("en_US-tiny-medium.onnx", bytes)
      do {
        _ = try engine(scratch, runtime: runtime).speech("Hello.")
        Issue.record("spoken")
      } catch let EngineError.failed(_, cause) {
        #expect(cause.contains("en_US-tiny-medium.onnx") && cause.contains("kugel voices"))
      } catch { Issue.record("\(error)") }
    }
  }

  @Test func `an id that the model does not know is its failure, not ours`() throws {
    let tiny = try model(TinyModel())
    #expect(throws: PiperModelError.self) {
      _ = try sound(tiny, PiperRequest(ids: [1], scales: [], speaker: nil))
    }
  }

  @Test func `a run that is not wanted any more ends without a word`() throws {
    let tiny = try model(TinyModel())
    let stop = Cancellation()
    stop.cancel()
    try tiny.speak(PiperRequest(ids: [1, 2], scales: [0, 1, 0], speaker: nil), stop: stop) { _, _ in
    } take: { _ in
      Issue.record("made")
      return true
    }
  }

  @Test func `several texts are spoken by one model at once`() throws {
    try scratch.add("en_US-tiny-medium")
    let engine = engine(scratch, runtime: runtime)
    let text = "One sentence, and another one."
    let expected = try engine.speech(text).samples
    let made = Mutex<[[Int16]]>([])
    let threads = try (0..<4).map { number in
      try Thread(name: "speaker \(number)") {
        if let samples = try? engine.speech(text).samples { made.withLock { $0.append(samples) } }
      }
    }
    for thread in threads { thread.join() }
    #expect(made.withLock(\.self) == [[Int16]](repeating: expected, count: 4))
  }

  @Test func `the library is told to report nothing`() throws {
    _ = try model(TinyModel())
    #expect(unsafe getenv("ORT_DISABLE_TELEMETRY") != nil)
  }
}
