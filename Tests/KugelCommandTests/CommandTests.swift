import EngineTestSupport
import Glibc
import KugelEngine
import KugelSystem
import KugelText
import Testing

@testable import KugelCommand

private func engine(_ command: String, _ options: [String: String] = [:]) -> CommandEngine {
  CommandEngine(
    CommandOption.line(options.merging(["command": command]) { own, _ in own }), concurrency: 1)
}

/// A WAV of 16 bits with one channel that holds `count` samples of the number 1,000.
private func wave(_ count: Int, rate: Int = 16_000, size: Int? = nil, channels: Int = 1) -> [UInt8]
{
  func number(_ value: Int, _ bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  let data = (0..<count * channels).flatMap { _ in number(1_000, 2) }
  return Array("RIFF".utf8) + number(36 + data.count, 4) + Array("WAVEfmt ".utf8) + number(16, 4)
    + number(1, 2) + number(channels, 2) + number(rate, 4) + number(rate * 2 * channels, 4)
    + number(2 * channels, 2) + number(16, 2) + Array("data".utf8) + number(size ?? data.count, 4)
    + data
}

@Suite struct CommandTests {
  /// As the program does: some that speak do not read all that they are told.
  init() { signal(SIGPIPE, SIG_IGN) }

  @Test(arguments: [
    ("piper --model x.onnx", ["piper", "--model", "x.onnx"]),
    ("a 'b c' \"d e\"", ["a", "b c", "d e"]),
    ("a\\ b ''", ["a b", ""]), ("  say  ", ["say"]), ("a|b $HOME", ["a|b", "$HOME"]),
  ])
  func `words are parted as in a shell, and no shell reads them`(text: String, words: [String])
    throws
  {
    #expect(try CommandLine(text).words == words)
  }

  @Test(arguments: ["", "  ", "'a", "a\\"])
  func `what cannot be parted is told`(text: String) {
    #expect(throws: CommandLine.Flaw.self) { _ = try CommandLine(text) }
  }

  @Test func `what is asked for stands in its place`() throws {
    let line = try CommandLine("espeak-ng -v {lang} -s {rate} x{speed}")
    let words = line.words(with: [("lang", "de"), ("rate", "200"), ("speed", "1.5")])
    #expect(words == ["espeak-ng", "-v", "de", "-s", "200", "x1.5"])
    #expect(line.has("rate") && !line.has("text"))
  }

  @Test(arguments: [1, 2, 3, 7, 43, 44, 45, 100, 4_096])
  func `a WAV is read however it is cut`(size: Int) throws {
    for (bytes, isWhole) in [
      (wave(500), true), (wave(500, size: 0xFFFF_FFFF), false), (wave(500, size: 0), false),
    ] {
      var reader = WaveReader(rate: nil)
      var samples: [Int16] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        samples += try reader.take(Array(bytes[start..<min(bytes.count, start + size)]))
      }
      #expect(samples == [Int16](repeating: 1_000, count: 500))
      #expect(reader.rate == 16_000 && reader.isComplete == isWhole)
    }
  }

  @Test func `channels are mixed, and bare samples have the rate that was said`() throws {
    var stereo = WaveReader(rate: nil)
    #expect(try stereo.take(wave(10, channels: 2)).count == 10)
    var bare = WaveReader(rate: 22_050)
    #expect(try bare.take([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7]) == [1, 2, 3, 4, 5, 6])
    var unknown = WaveReader(rate: nil)
    #expect(throws: WaveReader.Flaw.needsRate) {
      try unknown.take([UInt8](repeating: 1, count: 20))
    }
    var odd = wave(10)
    odd[34] = 24
    var reader = WaveReader(rate: nil)
    #expect(throws: WaveReader.Flaw.self) { try reader.take(odd) }
  }

  @Test func `a program speaks what it is told, and its rate is read from its sound`() throws {
    let engine = engine("sh -c 'read line; printf %s \"$line\" | head -c 8'", ["rate": "8000"])
    #expect(engine.nativeRate == 8_000)
    #expect(try engine.speech("abcdefgh\nij").samples == [0x6261, 0x6463, 0x6665, 0x6867])
  }

  @Test func `a program is started once for a text, and its header counts more than what was said`()
    throws
  {
    let count = Scratch()
    let wav = count.path + "/speech.wav"
    try count.write("speech.wav", wave(50))
    for options in [[:], ["rate": "8000"]] {
      let engine = engine("sh -c 'echo x >> \(count.path)/starts; cat \(wav)'", options)
      #expect(engine.knownRate(ofVoice: 1) == nil)
      #expect(try engine.speech("Hello.").samples.count == 50)
      #expect(engine.knownRate(ofVoice: 1) == 16_000 && engine.rate(ofVoice: 1) == 16_000)
      #expect(count.size("starts") == 2)
      count.remove("starts")
    }
  }

  @Test func `an object is told where that is wanted`() throws {
    let engine = engine("sh -c 'head -n 1 | head -c 10'", ["rate": "8000", "input": "json"])
    let bytes = try engine.speech("Hi \"you\"").samples.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    #expect(String(decoding: bytes, as: UTF8.self) == #"{"text":"H"#)
  }

  @Test func `a program that fails is told of with its last words`() {
    for (command, words) in [
      ("sh -c 'echo no such voice >&2; exit 3'", ["ended with 3", "no such voice"]),
      ("true", ["wrote no sound"]), ("sh -c 'echo text, and more of it'", ["rate=HZ"]),
      ("/nowhere/speaker", ["cannot be started", "installed"]),
    ] {
      do {
        _ = try engine(command).speech("Hello.")
        Issue.record("spoken: \(command)")
      } catch let EngineError.failed(_, cause) {
        #expect(words.allSatisfy(cause.contains), "\(cause)")
      } catch let EngineError.unavailable(_, cause) {
        #expect(words.allSatisfy(cause.contains), "\(cause)")
      } catch { Issue.record("\(error)") }
    }
  }

  @Test func `one that is silent for too long is ended`() {
    do {
      _ = try engine("sleep 600", ["rate": "8000", "timeout": "1"]).speech("Hello.")
      Issue.record("spoken")
    } catch let EngineError.failed(_, cause) {
      #expect(cause.contains("timeout"))
    } catch { Issue.record("\(error)") }
  }

  @Test func `one that speaks on is killed when nobody listens`() throws {
    let cancellation = Cancellation()
    let engine = engine("sh -c 'cat /dev/zero'", ["rate": "8000"])
    var pieces = 0
    try engine.speak(Utterance(text: "Hello.", voice: 1), until: cancellation) { _ in
      pieces += 1
      if pieces == 3 { cancellation.cancel() }
      return true
    }
    #expect(pieces == 3)
    #expect(try engine.speech("Hello.", limit: 2).pieces.count == 2)
  }

  @Test func `one that is kept says all texts`() throws {
    let script = #"""
      import sys, struct
      for line in sys.stdin:
          n = len(line) - 1
          head = (b"RIFF", 36 + 2 * n, b"WAVEfmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", 2 * n)
          sys.stdout.buffer.write(struct.pack("<4sI8sIHHIIHH4sI", *head) + struct.pack("<h", 1) * n)
          sys.stdout.flush()
      """#
    let engine = engine("python3 -c '\(script)'", ["keep": "yes"])
    #expect(try engine.speech("abcd").samples == [1, 1, 1, 1])
    #expect(try engine.speech("ab").samples == [1, 1])
    engine.rest()
    #expect(try engine.speech("abc").samples == [1, 1, 1])
  }

  @Test func `a pace that the program cannot be told is refused`() {
    #expect(throws: EngineError.self) {
      _ = try engine("true", ["rate": "8000"]).speech("Hello.", speed: 1.5)
    }
  }

  @Test func `without a command it is said how one is named`() {
    let engine = CommandEngine(CommandOption.line([:]))
    #expect(throws: EngineError.self) { _ = try engine.speech("Hello.") }
    #expect(throws: EngineError.self) { try engine.prepare() }
  }
}

/// A folder that is gone with this.
private final class Scratch {
  let path: String

  init() {
    var template = Array("/tmp/kugel-command.XXXXXX".utf8CString)
    path = unsafe template.withUnsafeMutableBufferPointer {
      unsafe mkdtemp($0.baseAddress!).map { unsafe String(cString: $0) } ?? "/tmp"
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = try Descriptor.open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC)
    defer { close(file) }
    try Descriptor.writeAll(bytes, to: file)
  }

  func size(_ name: String) -> Int? { (try? FileStatus(of: path + "/" + name))?.size }
  func remove(_ name: String) { unsafe unlink(path + "/" + name) }

  deinit {
    for name in Folder.names(in: path) { remove(name) }
    unsafe rmdir(path)
  }
}
