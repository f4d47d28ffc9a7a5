import KugelText
import KugelWire

/// The characters of a text that is spoken chunk after chunk, with times from its beginning.
///
/// Source: ElevenLabs notes, sections 6.3 and 6.4.
package struct TimedText: Sendable {
  private var text = ""
  private var words: [WordTime] = []
  private var start = 0
  /// Not yet told: of the chunks that are complete.
  private var characters: [String] = []
  private var starts: [Int] = []
  private var ends: [Int] = []
  private var isOpen = false

  package init() {}

  package var hasNews: Bool { !characters.isEmpty || (isOpen && !words.isEmpty) }

  /// - Parameter samples: of the chunks before, at `rate`.
  package mutating func begin(_ text: String, at samples: Int, rate: Int) {
    close()
    (self.text, words, isOpen) = (text, [], true)
    start = samples * 1000 / rate
  }

  package mutating func add(_ words: [WordTime]) { self.words += words }

  private mutating func close() {
    guard isOpen else { return }
    isOpen = false
    let times = CharacterTimes(of: text, words: words)
    characters += times.characters
    starts += times.starts.map { $0 + start }
    ends += zip(times.starts, times.durations).map { $0 + $1 + start }
  }

  /// What is known and was not told.
  package mutating func takeNews() -> TimedCharacters? {
    close()
    guard !characters.isEmpty else { return nil }
    defer { (characters, starts, ends) = ([], [], []) }
    return TimedCharacters(characters: characters, starts: starts, ends: ends)
  }
}

/// Characters, and milliseconds from the beginning of all.
package struct TimedCharacters: Equatable, Sendable {
  package var characters: [String]
  package var starts: [Int]
  package var ends: [Int]
}

/// What calls with timestamps are answered with.
package enum ElevenLabsTimes {
  /// One object.
  package static func object(_ audio: [UInt8], _ times: TimedCharacters?) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("audio_base64", Base64.encode(audio))
      writer.characters("alignment", times)
      writer.characters("normalized_alignment", times)
    }
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func characters(_ name: StaticString, _ times: TimedCharacters?) {
    guard let times else { return null(name) }
    object(name) { writer in
      writer.field("characters", times.characters)
      writer.seconds("character_start_times_seconds", times.starts)
      writer.seconds("character_end_times_seconds", times.ends)
    }
  }

  private mutating func seconds(_ name: StaticString, _ milliseconds: [Int]) {
    array(name, milliseconds) { $0.element(Double($1) / 1000) }
  }
}
