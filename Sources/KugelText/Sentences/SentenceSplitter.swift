/// Finds the ends of sentences in a text that is still growing.
///
/// - A sentence whose mark is the last scalar so far ends at once, unless what follows can change it:
///   after a digit, a known abbreviation, a single letter, a dotted word or an address, and a stop
///   that stands apart, it waits.
/// - A blank line always ends a sentence; a lone line end is white space, as in wrapped prose.
/// - Nothing ends inside a tag, a `<spell>` or a `<prosody>` element.
/// - A piece has a letter, a digit or a pause in it: a quote that comes after its sentence was handed
///   over goes to the next one.
///
/// Nothing is lost: all pieces in order, joined, are the text. Each scalar is looked at a bounded
/// number of times.
package struct SentenceSplitter: Sendable {
  private let judge: SentenceJudge
  private let early: EarlyClause
  /// Pieces are cut when longer than this, if they can be.
  private let limit: Int
  private var scalars: [Unicode.Scalar] = []
  /// Where the pending piece begins, and the first scalar not yet looked at.
  private var head = 0
  private var scan = 0
  /// The first scalar of the pending piece that makes a sound.
  private var firstSpeakable: Int?
  private var isInAddress = false
  /// Only white space has come since the last line end.
  private var isAfterNewline = false
  private var tag: (start: Int, scanner: MarkupTagScanner)?
  private var element: (name: String, start: Int)?
  /// No cut was found below this; trying at each scalar would be slow.
  private var nextCut = 0

  /// - Parameters:
  ///   - language: ISO 639-1; nil or one without rules of its own gets those common to many.
  ///   - pieceLimit: scalars; longer sentences are cut at clause marks, else at white space, and a run
  ///     without white space inside.
  package init(language: String? = nil, pieceLimit: Int = .max) {
    judge = SentenceJudge(language: language)
    early = EarlyClause(language: language)
    limit = max(1, pieceLimit)
  }

  /// Scalars that wait for their sentence's end.
  package var pendingCount: Int { scalars.count - head }

  /// What waits can be spoken, apart from an incomplete tag.
  package var isPendingSpeakable: Bool {
    // What cannot become a tag of ours is text, and has a letter by now.
    if let tag, !tag.scanner.mayBecomeKnown { return true }
    guard let firstSpeakable else { return false }
    return firstSpeakable < (heldStart ?? wordStart ?? .max)
  }

  /// - Returns: the sentences that this text completed, each with the white space before it.
  package mutating func append(_ text: String) -> [String] {
    scalars.append(contentsOf: text.unicodeScalars)
    var pieces: [String] = []
    advance(isLast: false, into: &pieces)
    cutPending(into: &pieces)
    compact()
    return pieces
  }

  /// A word waits that may go on, and nothing says yet that it has ended.
  package var hasOpenWord: Bool { heldStart == nil && wordStart != nil && firstSpeakable != nil }

  /// Gives up waiting: everything so far but an incomplete tag, a `<spell>` without its end, or a word
  /// that may go on.
  ///
  /// - Parameter cutsWords: whether such a word is given up too.
  package mutating func release(cutsWords: Bool = false) -> [String] {
    let heldStart = heldStart ?? (cutsWords ? nil : wordStart)
    let held = heldStart.map { Array(scalars[$0...]) } ?? []
    if let heldStart { scalars.removeSubrange(heldStart...) }
    dropTag()
    element = nil
    var pieces = takeAll()
    // A rest without a sound stays, to go with what follows.
    if let last = pieces.last, !Self.hasSound(last) {
      scalars = Array(last.unicodeScalars)
      pieces.removeLast()
    }
    scan = scalars.count
    scalars.append(contentsOf: held)
    advance(isLast: false, into: &pieces)
    return pieces
  }

  /// Ends the text; what was undecided ends or goes on as it stands.
  ///
  /// - Returns: the rest; its last piece may have nothing to speak. An open `<spell>` is closed, an
  ///   incomplete tag is let through as text.
  package mutating func finish() -> [String] {
    if let element, element.name == "spell" {
      let missing = missingSpellEnd
      dropTag()
      self.element = nil
      scan = scalars.count
      scalars.append(contentsOf: missing.unicodeScalars)
      scan = scalars.count
    }
    return takeAll()
  }

  package mutating func clear() {
    scalars.removeAll(keepingCapacity: true)
    restart(at: 0)
    dropTag()
    element = nil
  }

  /// The opening tag of the `<spell>` element that waits for its end, as it was written.
  package var openSpell: String? {
    guard let element, element.name == "spell",
      let tag = MarkupTag.read(in: scalars, at: element.start, before: scalars.count)
    else { return nil }
    return String(scalars: scalars[element.start..<tag.end])
  }

  // MARK: - Reading

  private mutating func advance(isLast: Bool, into pieces: inout [String]) {
    while scan < scalars.count {
      let scalar = scalars[scan]
      if tag != nil {
        readTag(scalar, into: &pieces)
      } else if scalar == "<" {
        tag = (scan, MarkupTagScanner())
        isAfterNewline = false
        scan += 1
      } else if scalar.isWhite {
        readWhite(scalar, into: &pieces)
      } else if let mark = judge.mark(scalar), !isInsideElement {
        guard readMark(mark, isLast: isLast, into: &pieces) else { return }
      } else {
        readText(scalar)
      }
    }
  }

  private mutating func readText(_ scalar: Unicode.Scalar) {
    isAfterNewline = false
    if firstSpeakable == nil, scalar.isSpeakable { firstSpeakable = scan }
    if scalar == "@", scan > head, !scalars[scan - 1].isWhite { isInAddress = true }
    if scalar == "/", scan >= head + 2, scalars[scan - 1] == "/", scalars[scan - 2] == ":" {
      isInAddress = true
    }
    scan += 1
  }

  private mutating func readWhite(_ scalar: Unicode.Scalar, into pieces: inout [String]) {
    isInAddress = false
    scan += 1
    let isParagraph = scalar == "\u{2029}" || (scalar == "\n" && isAfterNewline)
    if scalar == "\n" || scalar == "\u{2028}" { isAfterNewline = true }
    if isParagraph, firstSpeakable != nil, !isInsideElement { end(at: scan, into: &pieces) }
  }

  /// - Returns: false while undecided.
  private mutating func readMark(
    _ mark: SentenceMark, isLast: Bool, into pieces: inout [String]
  ) -> Bool {
    isAfterNewline = false
    guard firstSpeakable != nil else {
      scan += 1
      return true
    }
    if mark == .stop, scan >= head + 3, scalars[(scan - 3)..<scan].allSatisfy({ $0 == "w" }) {
      isInAddress = true
    }
    switch verdict(mark: scan, isLast: isLast) {
    case .ends(let index): end(at: index, into: &pieces)
    case .goesOn(let index): scan = index
    case .undecided: return false
    }
    return true
  }

  private func verdict(mark: Int, isLast: Bool) -> SentenceJudge.Verdict {
    judge.verdict(
      .init(scalars: scalars, mark: mark, start: head, isInAddress: isInAddress, isLast: isLast))
  }

  // MARK: - Tags

  /// A `<prosody>` that is not closed within this many scalars does not keep sentences together.
  package static let longestSpan = 10_000

  private var isInsideElement: Bool {
    guard let element else { return false }
    return element.name == "spell" || scan - element.start < Self.longestSpan
  }

  /// Where the incomplete tag or `<spell>` begins that must not be handed over yet.
  private var heldStart: Int? {
    if let element, element.name == "spell" { return element.start }
    guard let tag, tag.scanner.mayBecomeKnown else { return nil }
    return tag.start
  }

  /// Where the last word begins, if nothing tells yet that it has ended: a writer may pause in a word,
  /// and the voice must not cut it there. Scripts without blanks between words tell nothing.
  private var wordStart: Int? {
    guard let last = scalars.last, head < scalars.count else { return nil }
    guard last.isWordPart, !last.isUnspaced else {
      return judge.openAbbreviations(scalars, start: head)
    }
    var start = scalars.count
    while start > head, !scalars[start - 1].isWhite, scalars[start - 1] != ">" { start -= 1 }
    return start
  }

  /// What the open `<spell>` lacks; a closing tag cut short is completed rather than spelled.
  private var missingSpellEnd: String {
    let end = "</spell>"
    guard let tag else { return end }
    let begun = String(scalars: scalars[tag.start...]).lowercased()
    return end.hasPrefix(begun) ? String(end.dropFirst(begun.count)) : end
  }

  private mutating func readTag(_ scalar: Unicode.Scalar, into pieces: inout [String]) {
    guard var current = tag else { return }
    switch current.scanner.feed(scalar) {
    case .more:
      tag = current
      scan += 1
    case .impossible:
      tag = nil
      scan = current.start + 1
    case .complete:
      tag = nil
      scan += 1
      handle(current.scanner.tag, start: current.start, into: &pieces)
    }
  }

  private mutating func handle(_ tag: MarkupTag, start: Int, into pieces: inout [String]) {
    if let element, element.name == "spell" {
      if tag.name == "spell", tag.isClosing { self.element = nil }
      return
    }
    guard MarkupTag.known.contains(tag.name) else { return }
    if tag.isClosing {
      if element?.name == tag.name {
        element = nil
        endAfterSpan(closing: start, into: &pieces)
      }
      return
    }
    if tag.name != "prosody", firstSpeakable == nil { firstSpeakable = start }
    if tag.name != "break", !tag.isSelfClosing, element == nil { element = (tag.name, start) }
  }

  /// A sentence's mark inside an element ends the sentence once the element is closed.
  private mutating func endAfterSpan(closing start: Int, into pieces: inout [String]) {
    var mark = start
    while mark > head, start - mark < 8, scalars[mark - 1].isCloser { mark -= 1 }
    let end = mark
    while mark > head, end - mark < 8, judge.mark(scalars[mark - 1]) != nil { mark -= 1 }
    guard mark < end, firstSpeakable != nil else { return }
    if case .ends(let index) = verdict(mark: mark, isLast: false), index >= scan {
      self.end(at: index, into: &pieces)
    }
  }

  private mutating func dropTag() {
    guard let tag else { return }
    self.tag = nil
    scan = tag.start + 1
  }

  // MARK: - Handing over

  private mutating func end(at index: Int, into pieces: inout [String]) {
    var start = head
    while index - start > limit, let from = firstSpeakable,
      let cut = PieceBoundary.find(in: scalars, start: start, from: from, end: index, limit: limit)
    {
      pieces.append(String(scalars: scalars[start..<cut]))
      start = cut
      firstSpeakable = PieceBoundary.firstSpeakable(in: scalars, from: cut, before: index)
    }
    if firstSpeakable != nil {
      pieces.append(String(scalars: scalars[start..<index]))
      start = index
    }
    head = start
    restart(at: index)
  }

  private mutating func restart(at index: Int) {
    if index == 0 { head = 0 }
    scan = index
    firstSpeakable = nil
    isInAddress = false
    isAfterNewline = false
    nextCut = 0
  }

  private mutating func cutPending(into pieces: inout [String]) {
    while scan - head > limit, scan >= nextCut, let from = firstSpeakable {
      var end = min(scan, tag?.start ?? scan)
      if let element, element.name == "spell" { end = min(end, element.start) }
      guard
        let cut = PieceBoundary.find(in: scalars, start: head, from: from, end: end, limit: limit)
      else {
        nextCut = scan + max(32, (scan - head) / 4)
        return
      }
      pieces.append(String(scalars: scalars[head..<cut]))
      head = cut
      firstSpeakable = PieceBoundary.firstSpeakable(
        in: scalars, from: cut, before: min(scan, tag?.start ?? scan))
    }
  }

  /// Cuts what waits for its sentence's end where a clause of it ends, if there is enough before that.
  ///
  /// - Returns: nil where there is not.
  package mutating func takeClause() -> String? {
    guard let from = firstSpeakable else { return nil }
    let end = min(scan, tag?.start ?? scan, element?.start ?? scan)
    guard let cut = early.cut(scalars, start: head, from: from, end: end) else { return nil }
    let piece = String(scalars: scalars[head..<cut])
    head = cut
    firstSpeakable = PieceBoundary.firstSpeakable(
      in: scalars, from: cut, before: min(scan, tag?.start ?? scan))
    compact()
    return piece
  }

  /// Takes what says, at the beginning of what waits, how the piece before it ends: breaks, or a blank
  /// line that words follow.
  package mutating func takePauses() -> String {
    let end = min(scan, tag?.start ?? scan, element?.start ?? scan)
    guard head < end else { return "" }
    let (count, hasBreak) = Self.pauseCount(before: String(scalars: scalars[head..<end]))
    let speakable = PieceBoundary.firstSpeakable(
      in: scalars, from: head + count, before: min(scan, tag?.start ?? scan))
    guard count > 0, hasBreak || speakable != nil else { return "" }
    let pauses = String(scalars: scalars[head..<(head + count)])
    head += count
    firstSpeakable = speakable
    compact()
    return pauses
  }

  private mutating func takeAll() -> [String] {
    var pieces: [String] = []
    repeat {
      dropTag()
      advance(isLast: true, into: &pieces)
    } while tag != nil
    element = nil
    if head < scalars.count {
      let rest = scalars.count
      end(at: rest, into: &pieces)
      if head < rest { pieces.append(String(scalars: scalars[head..<rest])) }
    }
    clear()
    return pieces
  }

  /// Has a letter, a digit, a `<spell>` or a `<break>`.
  package static func hasSound(_ piece: String) -> Bool {
    let scalars = Array(piece.unicodeScalars)
    return PieceBoundary.firstSpeakable(in: scalars, from: 0, before: scalars.count) != nil
  }

  private mutating func compact() {
    guard head > 4096, head > scalars.count / 2 else { return }
    scalars.removeFirst(head)
    scan -= head
    firstSpeakable = firstSpeakable.map { $0 - head }
    tag?.start -= head
    element?.start -= head
    nextCut = max(0, nextCut - head)
    head = 0
  }
}
