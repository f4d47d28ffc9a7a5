// Searches for parts of texts and lists. The standard library has them in its module of regular expressions only, which
// is a megabyte of program; these have the same names and answers, and are taken before those.

extension Collection where Element: Equatable {
  /// Where a part is found first; for an empty one the beginning.
  package func firstRange<Part: Collection>(of part: Part) -> Range<Index>?
  where Part.Element == Element {
    guard let first = part.first else { return startIndex..<startIndex }
    var rest = self[...]
    while let start = rest.firstIndex(of: first) {
      var (place, elements) = (index(after: start), part.dropFirst())
      while let element = elements.first, place < endIndex, self[place] == element {
        formIndex(after: &place)
        elements.removeFirst()
      }
      if elements.isEmpty { return start..<place }
      rest = self[index(after: start)...]
    }
    return nil
  }

  package func contains<Part: Collection>(_ part: Part) -> Bool where Part.Element == Element {
    firstRange(of: part) != nil
  }

  /// From the beginning, and none within another; none for an empty part.
  package func ranges<Part: Collection>(of part: Part) -> [Range<Index>]
  where Part.Element == Element {
    guard !part.isEmpty else { return [] }
    var ranges: [Range<Index>] = []
    var place = startIndex
    while let range = self[place...].firstRange(of: part) {
      ranges.append(range)
      place = range.upperBound
    }
    return ranges
  }

  /// What is between the parts.
  package func split<Separator: Collection>(
    separator: Separator, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
  ) -> [SubSequence] where Separator.Element == Element {
    var pieces: [SubSequence] = []
    var place = startIndex
    for range in ranges(of: separator) {
      if pieces.count == maxSplits { break }
      if !omittingEmptySubsequences || place < range.lowerBound {
        pieces.append(self[place..<range.lowerBound])
      }
      place = range.upperBound
    }
    if !omittingEmptySubsequences || place < endIndex { pieces.append(self[place...]) }
    return pieces
  }
}

extension RangeReplaceableCollection where Element: Equatable {
  package func replacing<Part: Collection, Replacement: Collection>(
    _ part: Part, with replacement: Replacement, maxReplacements: Int = .max
  ) -> Self where Part.Element == Element, Replacement.Element == Element {
    var result = Self()
    var place = startIndex
    for range in ranges(of: part).prefix(maxReplacements) {
      result.append(contentsOf: self[place..<range.lowerBound])
      result.append(contentsOf: replacement)
      place = range.upperBound
    }
    result.append(contentsOf: self[place...])
    return result
  }
}

// The standard library has these beside the general one, and they would be taken before it.
extension StringProtocol {
  package func contains(_ part: String) -> Bool { firstRange(of: part) != nil }
  package func contains(_ part: Substring) -> Bool { firstRange(of: part) != nil }
}
