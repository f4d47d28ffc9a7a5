/// Takes the tags that only some services know out of a text that is still growing, and says what they ask
/// for in another way: a pause or a speed for the caller to make, and words for what is to be spelled.
///
/// What may yet become such a tag waits for its end, as does what is to be spelled; nothing else does.
/// Pure.
package struct MarkupRemover: Equatable, Sendable {
  package enum Piece: Equatable, Sendable {
    case text(String)
    case pause(milliseconds: Int)
    /// What follows is said so fast, where 1 is usual; nil: as everything else is.
    case speed(Double?)
  }

  /// What is to be spelled, as far as it has come.
  private struct Spelling: Equatable {
    var content: [Unicode.Scalar] = []
    var group: Int
  }

  /// Milliseconds of the longest pause.
  private static let longestPause = 60_000

  /// Names of tags that stay.
  private let kept: Set<String>
  /// Of the words for spelled signs, ISO 639-1.
  private let language: String?
  /// From a `<` on that may begin a tag.
  private var held: [Unicode.Scalar] = []
  private var spelling: Spelling?
  /// The last scalar that was let go, and whether the next word needs a blank before it.
  private var last: Unicode.Scalar = " "
  private var wantsGap = false
  private var pieces: [Piece] = []
  private var free = ""

  package init(keeping kept: Set<String> = [], language: String? = nil) {
    self.kept = kept
    self.language = language
  }

  /// What may be said of the text so far.
  package mutating func take(_ text: String) -> [Piece] {
    for scalar in text.unicodeScalars {
      var waiting: [Unicode.Scalar] = [scalar]
      while let next = waiting.first {
        waiting.removeFirst()
        guard !held.isEmpty || next == "<" else {
          letGo(next)
          continue
        }
        held.append(next)
        decide()
      }
    }
    return handOver()
  }

  /// What still waited: no tag, as the text has ended, and all there is to be spelled.
  package mutating func finish() -> [Piece] {
    let rest = held
    held = []
    for scalar in rest { letGo(scalar) }
    endSpelling()
    return handOver()
  }

  private mutating func handOver() -> [Piece] {
    endText()
    defer { pieces = [] }
    return pieces
  }

  private mutating func endText() {
    if !free.isEmpty { pieces.append(.text(free)) }
    free = ""
  }

  private mutating func letGo(_ scalar: Unicode.Scalar) {
    guard spelling == nil else {
      spelling?.content.append(scalar)
      return
    }
    if wantsGap, scalar.isSpeakable { free.unicodeScalars.append(" ") }
    wantsGap = false
    last = scalar
    free.unicodeScalars.append(scalar)
  }

  /// Nothing is decided while it is open what is held.
  private mutating func decide() {
    var scanner = MarkupTagScanner()
    var outcome = MarkupTagScanner.Outcome.more
    for scalar in held.dropFirst() { outcome = scanner.feed(scalar) }
    if case .more = outcome, scanner.mayBecomeKnown { return }
    let (tag, scalars) = (scanner.tag, held)
    held = []
    if case .complete = outcome, MarkupTag.known.contains(tag.name) {
      if kept.contains(tag.name), spelling == nil {
        for scalar in scalars { letGo(scalar) }
      } else {
        act(on: tag)
      }
      return
    }
    // No tag of ours; its last character may begin one.
    let beginsAnother = scalars.count > 1 && scalars.last == "<"
    for scalar in beginsAnother ? scalars.dropLast() : scalars[...] { letGo(scalar) }
    if beginsAnother { held = ["<"] }
  }

  private mutating func act(on tag: MarkupTag) {
    switch tag.name {
    case "break" where !tag.isClosing:
      guard let pause = SpeechMarkup.pause(of: tag, .exact(most: Self.longestPause)) else { return }
      let group = spelling?.group
      endSpelling()
      endText()
      pieces.append(.pause(milliseconds: pause))
      if let group { spelling = Spelling(group: group) }
      last = " "
      wantsGap = false
    case "prosody" where spelling == nil:
      let speed = SpeechMarkup.rate(of: tag).speed
      guard tag.isClosing || speed != nil else { return }
      endText()
      pieces.append(.speed(tag.isClosing ? nil : speed))
    case "spell" where tag.isClosing: endSpelling()
    case "spell" where !tag.isSelfClosing && spelling == nil:
      spelling = Spelling(group: tag.value(of: "group").flatMap { Int($0) } ?? 0)
    default: break
    }
  }

  private mutating func endSpelling() {
    guard let ended = spelling else { return }
    spelling = nil
    let words = Speller(language: language).spell(ended.content, group: ended.group)
    guard !words.isEmpty else { return }
    if last.isSpeakable { letGo(" ") }
    for scalar in words.unicodeScalars { letGo(scalar) }
    wantsGap = true
  }
}
