import KugelText

/// Where a shown text is broken into cues and lines.
struct CueLines {
  /// Columns of a line; wide characters count double.
  let width: Int
  /// Lines of a cue.
  let count: Int

  /// The pieces of a sentence that fit into a cue each, cut at clauses where there are some.
  ///
  /// - Returns: ranges of the text, which together they are.
  func pieces(of text: [Unicode.Scalar]) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    while start < text.count {
      let end = fits(text[start...]) ? text.count : cut(text, from: start)
      pieces.append(start..<end)
      start = end
    }
    return pieces
  }

  func fits(_ text: ArraySlice<Unicode.Scalar>) -> Bool { lines(of: text).count <= count }

  /// The last clause mark in the second half of what fits, else the last blank, else anything.
  private func cut(_ text: [Unicode.Scalar], from start: Int) -> Int {
    var (clause, blank) = (start, start)
    var index = start
    let places = breaks(in: text, from: start)
    for place in places {
      guard fits(text[start..<place]) else { break }
      blank = place
      if endsClause(text[start..<place]) { clause = place }
      index = place
    }
    if clause > start, columns(text[start..<clause]) * 5 >= columns(text[start..<index]) * 2 {
      return clause
    }
    if blank > start { return blank }
    // One word that is longer than a cue.
    var end = start + 1
    while end < text.count, columns(text[start..<end + 1]) <= width * count { end += 1 }
    return end
  }

  private func endsClause(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let last = text.last(where: { !$0.isWhite && !$0.isCloser }) else { return false }
    return last.isClauseMark || last.sentenceMark != nil
  }

  /// Where a line may end: behind a blank that no number goes on behind, and between wide letters.
  private func breaks(in text: [Unicode.Scalar], from start: Int) -> [Int] {
    var places: [Int] = []
    for index in (start + 1)..<max(start + 1, text.count) {
      let (before, after) = (text[index - 1], text[index])
      if before.isWhite, !after.isWhite {
        // "10 000" is one number, "10 km" one word.
        let digit = index >= 2 && text[index - 2].isDigit
        if !(digit && after.isDigit), !before.isGlue { places.append(index) }
      } else if before.isEastAsian, after.isEastAsian, after.isSpeakable, !before.isOpener {
        places.append(index)
      }
    }
    return places
  }

  /// The lines, as equally long as they can be.
  func lines(of text: ArraySlice<Unicode.Scalar>) -> [String] {
    let all = Array(text)
    let whole = String(scalars: all).trimmed
    guard SubtitleWidth.of(whole) > width else { return whole.isEmpty ? [] : [whole] }
    let places = breaks(in: all, from: 0)
    if count > 1 {
      let halves = places.map { place in
        (String(scalars: all[..<place]).trimmed, String(scalars: all[place...]).trimmed)
      }
      let best = halves.filter {
        SubtitleWidth.of($0.0) <= width && SubtitleWidth.of($0.1) <= width
      }
      .min {
        abs(SubtitleWidth.of($0.0) - SubtitleWidth.of($0.1))
          < abs(SubtitleWidth.of($1.0) - SubtitleWidth.of($1.1))
      }
      if let best { return [best.0, best.1] }
    }
    return filled(all, places)
  }

  private func filled(_ text: [Unicode.Scalar], _ places: [Int]) -> [String] {
    var lines: [String] = []
    var start = 0
    var end = 0
    for place in places + [text.count] {
      if end > start, columns(text[start..<place]) > width {
        lines.append(String(scalars: text[start..<end]).trimmed)
        start = end
      }
      end = place
    }
    // A word that is longer than a line is cut where it ends.
    while columns(text[start..<text.count]) > width {
      var stop = start + 1
      while stop < text.count, columns(text[start..<stop + 1]) <= width { stop += 1 }
      lines.append(String(scalars: text[start..<stop]).trimmed)
      start = stop
    }
    let rest = String(scalars: text[start...]).trimmed
    return rest.isEmpty ? lines : lines + [rest]
  }

  private func columns(_ text: ArraySlice<Unicode.Scalar>) -> Int {
    SubtitleWidth.of(String(scalars: text).trimmed)
  }
}

/// Columns that text takes on a screen.
enum SubtitleWidth {
  static func of(_ text: String) -> Int {
    text.reduce(0) { sum, character in
      guard let first = character.unicodeScalars.first else { return sum }
      return sum + (first.isEastAsian || first.properties.isEmojiPresentation ? 2 : 1)
    }
  }
}
