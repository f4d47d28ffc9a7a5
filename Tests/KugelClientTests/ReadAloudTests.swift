import Glibc
import KugelReading
import KugelText
import Testing

@testable import KugelClient

private let english = TextReading(.flowing, for: TextTarget(language: "en"))

/// What comes of bytes that are read in pieces, as far as it is text.
private struct Said: Equatable {
  /// A turn each, with the places in the input.
  var turns: [SourcedText] = []
  var written = ""
  var skipped = ""
  var warnings: [String] = []

  init(_ pieces: [[UInt8]], mark: TurnEnd = .endOfInput, reading: TextReading = english) throws {
    let pipe = try TestPipe()
    let flow = TextFlow(descriptor: pipe.readEnd, mark: mark, reading: reading)
    let now = ContinuousClock.now
    var open = SourcedText()
    func take(_ events: [SpeechInputEvent]) {
      for event in events {
        switch event {
        case .written(let text): written += text
        case .skipped(let text): skipped += text
        case .said(let text): open.append(text)
        case .warning(let sentence): warnings.append(sentence)
        case .session(.endTurn):
          turns.append(open)
          open = SourcedText()
        default: break
        }
      }
    }
    for piece in pieces where !piece.isEmpty {
      pipe.write(piece)
      take(flow.ready(at: now))
    }
    pipe.closeWriting()
    take(flow.ready(at: now))
  }
}

private let answers = [
  """
  <think>The user wants bread.
  Let me **think**.</think>

  ## Bread 🍞

  You need *three* things, about $3.50:

  - **Flour**, 250g ([the best](https://www.example.com/a_(b)?id=1))
  - `yeast`
    1. dry

  See https://example.com/bread. Then, Dr. Miller says:

  ```sh
  oven --on
  ```

  | Step | Time |
  |------|------|
  | Mix  | 5 min |

  > Enjoy! Replace <your-name>, press <Enter>; a < b, List<String>.
  """,
  "\u{1B}[31mError\u{1B}[0m: 𝐂𝐨𝐝𝐞 ha\u{308}lt\r\nan. \u{1B}]8;;https://x.example\u{7}Link\u{1B}]8;;\u{7}!",
  "### Étapes\n\n1. Versez 1,5 l d'eau ;\n2. Ajoutez *250 g* de sel.\n\nC'est ~~fini~~ tout !",
]

@Suite struct ReadAloudTests {
  @Test(arguments: answers)
  func `an answer is said alike, wherever the reads cut it`(text: String) throws {
    let bytes = Array(text.utf8)
    let whole = try Said([bytes])
    #expect(whole.written == text)
    #expect(whole.turns.count == 1 && !whole.turns[0].string.contains("**"))
    for cut in 1..<bytes.count {
      let found = try Said([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(
        found == whole, "cut behind \(String(decoding: bytes[..<cut].suffix(20), as: UTF8.self))")
    }
    for size in [1, 2, 5, 13] {
      let pieces = stride(from: 0, to: bytes.count, by: size).map {
        Array(bytes[$0..<min($0 + size, bytes.count)])
      }
      #expect(try Said(pieces) == whole, "in pieces of \(size)")
    }
  }

  @Test func `with pauses that were asked for it is so too`() throws {
    var reading = english
    reading.filters.pauses = try PauseLengths(parsing: "heading=1s,sentence=200,item=300")
    let text = "# Head\n\nOne. Two!\n\n- a\n- b. c.\n\nEnd."
    let bytes = Array(text.utf8)
    let whole = try Said([bytes], reading: reading)
    #expect(whole.turns.map(\.string).joined().contains("<break time=\"800ms\"/>"))
    for cut in 1..<bytes.count {
      let found = try Said([Array(bytes[..<cut]), Array(bytes[cut...])], reading: reading)
      #expect(found == whole, "cut at \(cut)")
    }
  }

  @Test func `each turn is a text of its own, and places go on`() throws {
    let text = "**One**\n```\ncode\n\nTwo *three*\n"
    let said = try Said([Array(text.utf8)], mark: .blankLine)
    #expect(said.turns.map { $0.string.trimmed } == ["One\n\nCode example.", "Two three"])
    let three = try #require(said.turns.last)
    let place = try #require(three.string.unicodeScalars.firstOffset(of: "t"))
    #expect(
      Array(text.unicodeScalars)[three.source(of: place..<place + 5)].map(Character.init)
        == Array("three"))
    #expect(said.written + said.skipped == text)
  }

  @Test func `plain words are said as they come, a few behind the beginning of a line`() throws {
    let pipe = try TestPipe()
    let flow = TextFlow(descriptor: pipe.readEnd, reading: english)
    let now = ContinuousClock.now
    var written = 0
    var said = 0
    for piece in ["Once ", "upon a time", " there", " was a king.", " He", " had 3 sons", "."] {
      pipe.write(piece)
      written += piece.count
      for case .said(let text) in flow.ready(at: now) { said += text.count }
      // The beginning of a line may be a table's head, which needs no bar before it.
      #expect(written - said <= (written < 32 ? 32 : 3), "behind \(piece)")
      if piece.hasSuffix(".") { #expect(written == said) }
    }
  }

  @Test func `a word that a pause cuts stays one word`() throws {
    let pipe = try TestPipe()
    let flow = TextFlow(descriptor: pipe.readEnd, reading: english)
    let now = ContinuousClock.now
    var said = ""
    func take(_ events: [SpeechInputEvent]) {
      for case .said(let text) in events { said += text.string }
    }
    pipe.write("Your refer")
    take(flow.ready(at: now))
    #expect(flow.deadline == now + TextPipeline.patience)
    take(flow.tick(at: now + TextPipeline.patience))
    #expect(said == "Your refer")
    #expect(flow.deadline == nil)
    pipe.write("ence number.")
    take(flow.ready(at: now + .milliseconds(900)))
    #expect(said == "Your reference number.")
  }

  @Test func `what waits when the listener barges in is not said`() throws {
    let pipe = try TestPipe()
    let flow = TextFlow(descriptor: pipe.readEnd, mark: .line, reading: english)
    let now = ContinuousClock.now
    pipe.write("One **two")
    _ = flow.ready(at: now)
    #expect(flow.deadline != nil)
    #expect(flow.signal(.interrupt, at: now) == [.silence])
    #expect(flow.deadline == nil)
    _ = flow.silenced([], at: now)
    pipe.write(" rest\n*Three*.\n")
    let events = flow.ready(at: now).filter { if case .copy = $0 { false } else { true } }
    #expect(events.first == .skipped(" rest\n"))
    guard case .said(let text) = events.first(where: { if case .said = $0 { true } else { false } })
    else {
      Issue.record("nothing was said")
      return
    }
    #expect(text.string.hasPrefix("Three"))
    #expect(text.source(of: 0..<1) == 16..<17)
  }

  @Test func `files are texts of their own, each read as it is meant`() throws {
    let now = ContinuousClock.now
    let plain = TextReading(.plain)
    let flow = TextFlow(
      known: KnownText([
        .reading(TextReading(.markdownFile)), .text("*One*\n```\nopen"), .text("\n\n"),
        .reading(plain), .text("*Two*"),
      ]))
    var said = ""
    var isOver = false
    func take(_ events: [SpeechInputEvent]) {
      for event in events {
        if case .said(let text) = event { said += text.string }
        if event == .session(.finish) { isOver = true }
      }
    }
    take(flow.begin(in: HappeningStream(), at: now))
    while let more = flow.next(at: now) { take(more) }
    #expect(isOver)
    #expect(said == "One\n\nCode example.\n\n*Two*")
  }

  @Test func `a known text is sent at once`() {
    let flow = TextFlow(known: "One *two* three.", reading: english)
    let events = flow.begin(in: HappeningStream(), at: .now)
    let said = events.filter { if case .said = $0 { true } else { false } }
    #expect(said.count == 1)
    #expect(events.suffix(2) == [.session(.endTurn), .session(.finish)])
  }

  @Test func `thoughts that never end are told of, once`() throws {
    let said = try Said([Array("Hi.\n\n<think>What\n\nelse".utf8)], mark: .endOfInput)
    #expect(said.turns.map(\.string.trimmed) == ["Hi."])
    #expect(said.warnings.count == 1)
  }

  @Test(arguments: [
    ([0xFF, 0xFE] as [UInt8], true, 0), ([0xFE, 0xFF], false, 0), ([], true, 1),
  ])
  func `UTF-16 is read, by its mark or as it seems to be`(
    mark: [UInt8], isLittle: Bool, warnings: Int
  ) throws {
    let units = "Café au lait.".utf16.flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
      return isLittle ? [low, high] : [high, low]
    }
    let bytes = mark + units
    for cut in [1, 3, bytes.count - 1] {
      let said = try Said([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(said.turns.map(\.string) == ["Café au lait."])
      #expect(said.warnings.count == warnings)
    }
  }

  @Test func `what is no text is refused`() throws {
    let pipe = try TestPipe()
    let flow = TextFlow(descriptor: pipe.readEnd, reading: english)
    pipe.write([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0])
    let events = flow.ready(at: .now)
    #expect(events.first == .binary("standard input", BinaryInputError(kind: "a program")))
    #expect(events.last == .session(.finish))
  }
}

extension Sequence<Unicode.Scalar> {
  fileprivate func firstOffset(of scalar: Unicode.Scalar) -> Int? {
    enumerated().first { $0.element == scalar }?.offset
  }
}
