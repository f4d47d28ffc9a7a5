import KugelText

/// What readers see of a text that is spoken: the words as they were written, with their marks, without
/// the markup that nobody says.
package struct ShownText: Equatable, Sendable {
  package private(set) var scalars: [Unicode.Scalar] = []
  /// For each of them the first scalar of what is said that it stands for.
  private var said: [Int] = []
  /// And the end of those: several spoken words may stand for a number.
  private var ends: [Int] = []
  /// Shown, and not closed yet.
  private var openBrackets = 0

  /// Scalars of the source that one word may stand for; more is no text but a table or a listing.
  private static let longest = 60

  /// - Parameters:
  ///   - text: what is said.
  ///   - written: its source, from the scalar `origin` on.
  package init(_ text: SourcedText, written: [Unicode.Scalar], origin: Int = 0) {
    var last = 0..<0
    for index in 0..<text.count {
      let source = text.source(of: index..<index + 1)
      let place = source.lowerBound - origin..<source.upperBound - origin
      guard !place.isEmpty, place.lowerBound >= 0, place.upperBound <= written.count,
        place.count <= Self.longest
      else {
        // It stands nowhere: of a picture's description or a word for a listing the words are shown.
        if !source.isEmpty, source.count > Self.longest { add(text.scalars[index], index) }
        continue
      }
      if written[place.lowerBound] == "&", written[place.upperBound - 1] == ";", place.count > 2 {
        // An entity is a way to write what is said.
        add(text.scalars[index], index)
        continue
      }
      // A part of what is shown already: the number of a note, whose mark is shown whole.
      if !last.isEmpty, place.lowerBound >= last.lowerBound, place.upperBound <= last.upperBound {
        if !ends.isEmpty { ends[ends.count - 1] = index + 1 }
        continue
      }
      if place.count > 2, written[place].allSatisfy(\.isFence) {
        // The words for a listing stand in its place.
        add(text.scalars[index], index)
        continue
      }
      addBrackets(written, last.upperBound..<max(last.upperBound, place.lowerBound), index)
      last = place
      for scalar in written[place] { add(scalar, index) }
    }
    let end = written.dropFirst(last.upperBound).firstIndex { $0 != ">" } ?? written.count
    addBrackets(written, last.upperBound..<end, text.count - 1)
  }

  /// Brackets around words that no tag is called by: a voice does not get them, readers do.
  private mutating func addBrackets(_ written: [Unicode.Scalar], _ gap: Range<Int>, _ index: Int) {
    guard !gap.isEmpty, written[gap].allSatisfy({ $0 == "<" || $0 == ">" || $0 == "/" }) else {
      return
    }
    for place in gap {
      switch written[place] {
      case "<" where !Self.isAddress(written[place...]): add("<", index)
      case "/" where scalars.last == "<": add("/", index)
      case ">" where openBrackets > 0: add(">", said.last ?? index)
      default: break
      }
    }
  }

  /// Whether brackets enclose an address, of which they are the markup.
  private static func isAddress(_ written: ArraySlice<Unicode.Scalar>) -> Bool {
    written.prefix { $0 != ">" && $0 != "\n" }.contains { $0 == ":" || $0 == "@" }
  }

  private mutating func add(_ scalar: Unicode.Scalar, _ index: Int) {
    // A line end within a sentence is a blank.
    if scalar.isWhite {
      guard let last = scalars.last, last != " " else { return }
      scalars.append(" ")
    } else {
      scalars.append(scalar)
    }
    if scalar == "<" { openBrackets += 1 }
    // An arrow closes nothing.
    let isArrow = scalars.dropLast().last.map { $0 == "-" || $0 == "=" } ?? false
    if scalar == ">", !isArrow { openBrackets = max(0, openBrackets - 1) }
    said.append(index)
    ends.append(index + 1)
  }

  /// The shown scalars that stand for a range of what is said.
  package func range(_ range: Range<Int>) -> Range<Int> {
    lowerBound(range.lowerBound)..<max(lowerBound(range.lowerBound), lowerBound(range.upperBound))
  }

  /// The shown scalars of a spoken word: all of a number of which it is a part.
  package func range(ofWord word: Range<Int>) -> Range<Int> {
    let range = range(word)
    let before = range.lowerBound - 1
    guard range.isEmpty, said.indices.contains(before), ends[before] > word.lowerBound else {
      return range
    }
    return lowerBound(said[before])..<range.lowerBound
  }

  private func lowerBound(_ place: Int) -> Int {
    var (low, high) = (0, said.count)
    while low < high {
      let middle = (low + high) / 2
      if said[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Unicode.Scalar {
  /// Of what marks the beginning of a listing.
  fileprivate var isFence: Bool { self == "`" || self == "~" }
}
