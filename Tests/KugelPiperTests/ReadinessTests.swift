import Glibc
import KugelEngine
import KugelSystem
import KugelText
import Synchronization
import Testing

@testable import KugelPiper

/// Who speaks when nobody is named.
@Suite struct ReadinessTests {
  private let scratch = Scratch()

  private func wish(
    _ voice: String? = nil, language: String? = nil, library: Bool = true,
    _ tell: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> EngineWish {
    try scratch.write("library.so", [1])
    var wish = EngineWish(voice: voice.map { VoiceReference($0) }, language: language) { _ in nil }
    wish.options = [
      "voices": scratch.path, "runtime": scratch.path + (library ? "/library.so" : "/none.so"),
    ]
    wish.tell = tell
    return wish
  }

  @Test(
    arguments: [
      (nil, nil, true, true), (nil, "en-gb", true, true), (nil, "de", true, false),
      (nil, nil, false, false),
      ("joe", nil, true, true), ("en_US-joe", nil, true, true),
      ("en_us-joe-medium", nil, true, true),
      ("en", nil, true, true), ("en-us", nil, true, true),
      // Only the other engine has them.
      ("en-gb", nil, true, false), ("German", nil, true, false), ("3", nil, true, false),
      ("de", nil, true, false),
      // Who calls a voice by its name is told what it lacks; a language is somebody else's too.
      ("joe", nil, false, true), ("en_US-joe-medium", nil, false, true), ("en", nil, false, false),
      ("en-us", nil, false, false), ("j", nil, false, false),
    ] as [(String?, String?, Bool, Bool)])
  func `a voice that is named decides, and else the language`(
    voice: String?, language: String?, library: Bool, speaks: Bool
  ) throws {
    try scratch.add("en_US-joe-medium")
    #expect(
      PiperReadiness(try wish(voice, language: language, library: library)).speaks == speaks)
  }

  /// Files that no voice can be.
  private static let broken: [[UInt8]] = [
    [], Array("no model".utf8), Array("<!DOCTYPE html>".utf8), [UInt8](repeating: 0, count: 99),
    Array(TinyModel().file.dropLast(40)), [0x08, 0x08],
  ]

  @Test(arguments: broken)
  func `a voice that cannot be used is passed over, and that is said`(model: [UInt8]) throws {
    try scratch.add("en_US-bad-high")
    try scratch.write("en_US-bad-high.onnx", model)
    let told = Mutex<[String]>([])
    let alone = try wish { line in told.withLock { $0.append(line) } }
    #expect(!PiperReadiness(alone).speaks)
    #expect(told.withLock(\.self).count == 1)
    #expect(told.withLock { $0.first?.contains("en_US-bad-high") == true })
    try scratch.add("en_US-joe-medium")
    #expect(PiperReadiness(try wish()).speaks)
    let warned = Mutex<[String]>([])
    let engine = engine(scratch, runtime: nil) { line in warned.withLock { $0.append(line) } }
    let voices = engine.voices
    #expect(voices.first { $0.id == engine.defaultVoice }?.handle == "en_US-joe-medium")
    #expect(engine.voice(forLanguage: "en-US")?.handle == "en_US-joe-medium")
    guard case .found(let english) = engine.find(.handle("en")) else {
      Issue.record("not found")
      return
    }
    #expect(english.handle == "en_US-joe-medium")
    #expect(warned.withLock(\.self).count == 1)
    #expect(voices.first?.remark?.contains("cannot be used") == true)
  }

  @Test func `one without its description is passed over too, and told where it is asked for`()
    throws
  {
    try scratch.add("en_US-bad-high")
    unsafe unlink(scratch.path + "/en_US-bad-high.onnx.json")
    #expect(!PiperReadiness(try wish()).speaks)
    #expect(PiperReadiness(try wish("bad")).speaks)
    #expect(!PiperReadiness(try wish("en")).speaks)
  }

  @Test func `trouble is found by whoever looks for it`() throws {
    var setup = EngineSetup()
    let path = scratch.path
    setup.options = ["voices": path, "runtime": path + "/none.so"]
    setup.variable = { $0 == "XDG_CACHE_HOME" ? path + "/file" : nil }
    try scratch.write("file", [1])
    try scratch.add("en_US-joe-medium")
    try scratch.add("en_US-bad-high")
    try scratch.write("en_US-bad-high.onnx", [0])
    let found = PiperFindings.of(setup)
    #expect(found.map(\.topic) == ["ONNX Runtime", "piper", "voice", "cache"])
    #expect(found.map { $0.remedy != nil } == [true, false, true, true])
    #expect(found[1].text == "1 voice: en_US-joe-medium")
  }
}
