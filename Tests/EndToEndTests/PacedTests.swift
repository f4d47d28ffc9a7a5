import Foundation
import Testing

/// What goes by at the pace at which it sounds, as to a telephone, is heard as it goes.
@Suite struct PacedTests {
  private let scratch: Scratch
  private let text = String(repeating: "Spoken before the signal. ", count: 20)

  init() throws { scratch = try Scratch() }

  @Test(arguments: ["say", "stream", "session", "multi"])
  func `of a paced file what went by was heard, and no more`(command: String) throws {
    let program = try Running(
      [
        command, "-e", "tone", "--pace", "realtime", "-V", "-o", scratch.path("a.wav"), "--events",
        scratch.path("events"),
      ])
    program.write(command == "multi" ? "@voice a = tone:1\na: \(text)\n" : text + "\n\n")
    // A conversation goes on for as long as there may be more.
    if command != "session" { program.closeInput() }
    waitUntil { scratch.size(startingWith: ".a.wav") > 40_000 }
    program.send(SIGINT)
    let result = program.wait()
    #expect(result.status == 130)
    let seconds = Double(try scratch.data("a.wav").count - 44) / 48_000
    #expect(seconds > 0.5)
    let cuts = lines().filter { $0["ev"] as? String == "cancel" }
    let heard = cuts.compactMap { $0["heard"] as? String }.joined()
    // The tone engine speaks at an even pace; what is heard is told by the word.
    let whole = Double(try toneBytes(text).count) / 48_000
    let expected = Double(text.count) * seconds / whole
    #expect(abs(Double(heard.count) - expected) < 16, "\(heard)")
    let files = lines().filter { $0["ev"] as? String == "file" }
    #expect(files.count == 1)
    let told = try #require(files.first?["duration"] as? Double)
    #expect(abs(told / 1000 - seconds) < 0.01)
    if command == "session" { return }
    let spoke = "\((seconds * 10).rounded() / 10) s"
    #expect(result.talk.contains(command == "multi" ? "0 lines, \(spoke)" : "spoke \(spoke)"))
    #expect(result.talk.contains(", to \(scratch.path("a.wav"))"))
  }

  @Test func `one can barge in on a paced output`() throws {
    let program = try Running(
      ["session", "-e", "tone", "--pace", "realtime", "-o", scratch.path("a.wav")])
    program.write("/cancel after 300ms\n\(text)\n\n/wait heard\n")
    program.write("/expect ending = cancelled\nBye.\n\n")
    program.closeInput()
    let result = program.wait()
    let told = String(decoding: result.output, as: UTF8.self)
    #expect(result.status == 0)
    #expect(told.contains(#"turn 1 cancelled heard="S"#))
    let sound = try scratch.data("a.wav").dropFirst(44)
    let (whole, bye) = (try toneBytes(text), try toneBytes("Bye."))
    #expect(sound.suffix(bye.count) == bye)
    let cut = sound.dropLast(bye.count)
    #expect(cut == whole.prefix(cut.count))
    #expect(!cut.isEmpty && cut.count < whole.count / 4)
  }

  private func lines() -> [[String: Any]] {
    let data = (try? scratch.data("events")) ?? Data()
    return data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
    }
  }
}
