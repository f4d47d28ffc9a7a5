import KugelConversation
import KugelSession
import KugelWire
import TestSupport
import Testing

@Suite struct TranscriptTests {
  @Test func `every transcript is replayed to the letter`() throws {
    let schema = try JSONSchema.events()
    let transcripts = try Transcript.all()
    #expect(transcripts.count > 10)
    for transcript in transcripts {
      let talk = replay(transcript)
      let lines =
        transcript.notes.contains("jsonl")
        ? talk.jsonLines.map { String(decoding: $0.dropLast(), as: UTF8.self) } : talk.lines
      #expect(transcript.differences(from: lines) == [])
      for event in talk.events.map(\.bytes) + talk.jsonLines {
        #expect(schema.faults(of: try JSONTree(event)) == [])
      }
    }
  }

  private func replay(_ transcript: Transcript) -> VirtualTalk {
    let style: ConversationStyle =
      transcript.notes.contains("jsonl")
      ? .json : transcript.notes.contains("prompt") ? .prompt : .script
    var world = VirtualTalk.World()
    world.hasDevice = transcript.notes.contains("device")
    var talk = VirtualTalk(style, world: world)
    for step in transcript.steps {
      switch step {
      case .input(let line): talk.type(line)
      case .time(let time): talk.advance(time)
      case .key("interrupt"): talk.interrupt()
      case .key("pause"): talk.give(.togglePause)
      case .key("stop"): talk.give(.stop)
      case .key(let key): Issue.record("\(transcript.name): no key is called \(key)")
      }
    }
    talk.finish()
    return talk
  }

  @Test func `a star stands for anything`() {
    #expect(Transcript.matches("turn 1 first-sound 131ms", "turn 1 first-sound *ms"))
    #expect(Transcript.matches("abc", "*"))
    #expect(!Transcript.matches("turn 2 started", "turn 1 *"))
    #expect(!Transcript.matches("aba", "ab*ba"))
  }
}
