import KugelText

/// Where to go on in a text of which a service has spoken a part.
///
/// Behind the last chunk that was received whole; within a chunk at the first word not received
/// whole, where word times tell, else at the chunk's start. What is spoken again from there is
/// skipped. Elements that enclose the place are opened again.
struct ResumePoint: Equatable {
  /// Unicode scalars of the text that need not be sent again.
  private(set) var offset = 0
  /// Tags to send before what is left.
  private(set) var prefix = ""
  /// Samples behind `offset` that have been received.
  private(set) var skip = 0

  /// - Parameter owing: samples at the start of the answer that were still being skipped.
  /// - Returns: nil when the chunks are not the beginning of the text, as after a service that
  ///   rewrites it, and no word times help.
  init?(in frames: [String], after progress: ChunkProgress, owing: Int = 0) {
    let scalars = Array(frames.joined().unicodeScalars)
    let source = SourceMarkup(scalars)
    let aligner = TextAligner(scalars)
    for (index, chunk) in progress.chunks.enumerated() {
      let isWhole = chunk.isComplete || index < progress.chunks.count - 1
      let first = source.skippingBlanks(from: offset)
      let span = chunk.text.flatMap { aligner.placed($0, from: first) }
        .map { first..<max(first, $0.source(of: 0..<$0.count).upperBound) }
      if isWhole, let span {
        (offset, skip) = (span.upperBound, 0)
        continue
      }
      let received = chunk.samples + (isWhole ? 0 : owing)
      let end = span?.upperBound ?? scalars.count
      if !chunk.words.isEmpty {
        let range = (span?.lowerBound ?? offset)..<end
        let words = aligner.places(of: chunk.words.map(\.word), in: range, markup: source)
        advance(
          chunk.words, at: words, in: source, range: range, isWhole: isWhole,
          isWholeSpan: span != nil, received: received, rate: progress.rate)
      } else if chunk.text != nil && span == nil {
        return nil
      } else {
        skip += received
      }
    }
    if progress.chunks.last?.isComplete ?? true { skip += owing }
    offset = source.skippingEnds(from: offset)
    // A pause at the very end is not worth another turn.
    if source.hasWords(from: offset) {
      prefix = source.openingTags(around: offset)
    } else {
      offset = scalars.count
    }
  }

  private mutating func advance(
    _ words: [WordTime], at places: [Range<Int>?], in source: SourceMarkup, range: Range<Int>,
    isWhole: Bool, isWholeSpan: Bool, received: Int, rate: Int
  ) {
    let milliseconds = rate > 0 ? received * 1000 / rate : 0
    let unheard =
      isWhole ? nil : words.firstIndex { $0.endMilliseconds > milliseconds }
    if unheard == nil, let last = places.last ?? nil {
      // The last word of the chunk: its text's last, or that of a chunk that is over.
      let end = source.skippingEnds(from: last.upperBound)
      if isWhole || (isWholeSpan && end >= range.upperBound) {
        (offset, skip) = (last.upperBound, 0)
        return
      }
    }
    let limit = unheard ?? words.count - 1
    guard let anchor = places[...limit].lastIndex(where: { $0 != nil }), let place = places[anchor]
    else {
      skip += received
      return
    }
    offset = place.lowerBound
    skip = max(0, received - words[anchor].startMilliseconds * rate / 1000)
    guard anchor == unheard, milliseconds <= words[anchor].startMilliseconds else { return }
    // The word has not begun, so a pause before it may not have been heard to its end.
    let (before, heard) =
      anchor == 0
      ? (range.lowerBound, 0)
      : (places[anchor - 1]?.upperBound ?? offset, words[anchor - 1].endMilliseconds)
    if let pause = source.pause(in: before..<max(before, offset)) {
      (offset, skip) = (pause, max(0, received - heard * rate / 1000))
    }
  }

  /// The frames of text that are left.
  func rest(of frames: [String]) -> [String] {
    var left = offset
    var rest: [String] = []
    for frame in frames {
      let scalars = frame.unicodeScalars
      if left == 0 {
        rest.append(frame)
      } else if scalars.count <= left {
        left -= scalars.count
      } else {
        rest.append(String(scalars.dropFirst(left)))
        left = 0
      }
    }
    // In one message with what it encloses, as services want it.
    if let first = rest.first { rest[0] = prefix + first }
    return rest
  }
}
