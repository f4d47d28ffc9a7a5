import Foundation
import Testing

/// Barge-in at services that are late to acknowledge it, or never do.
@Suite struct LateAcknowledgementTests {
  @Test(arguments: ["slow=3,late-after-cancel=4", "slow=3,silent-after=2,times=1"])
  func `nothing of a cut turn is heard in the next`(faults: String) throws {
    let scratch = try Scratch()
    let server = try ServedEngine("--fault", faults)
    let text = "A long story that is cut before its end comes, whatever the service says."
    let program = try Running(
      ["session"] + server.words + [
        "--timeout", "cancel=300ms", "-o", scratch.path("a.raw"), "--events",
        scratch.path("events"),
      ])
    program.write("/send \(text)\n")
    program.write("/flush\n")
    // The file itself gathers sound before it grows.
    waitUntil {
      (try? scratch.data("events")).map {
        String(decoding: $0, as: UTF8.self).contains(#""ev":"audio""#)
      } ?? false
    }
    // What follows an acknowledgement at once cannot be told from what the next turn brings (section 13.3).
    program.write("/cancel\n/wait 300ms\n/say Next.\n")
    program.closeInput()
    let result = program.wait()
    #expect(result.status == 0, "\(result)")
    let sound = try scratch.data("a.raw")
    let next = try toneBytes("Next.")
    #expect(sound.suffix(next.count) == next)
    let cut = sound.dropLast(next.count)
    #expect(cut == (try toneBytes(text)).prefix(cut.count))
    #expect(!cut.isEmpty)
  }
}
