/// The words of a text whose characters come in pieces: a piece may end within a word.
package struct GrowingWords: Sendable {
  private var characters: [String] = []
  private var starts: [Int] = []
  private var durations: [Int] = []
  /// Scalars before those.
  private var offset = 0

  package init() {}

  /// - Returns: the words that are complete.
  package mutating func append(_ times: CharacterTimes) -> [WordTime] {
    characters += times.characters
    starts += times.starts
    durations += times.durations
    guard let blank = characters.lastIndex(where: CharacterTimes.isBlank) else { return [] }
    return take(blank + 1)
  }

  package mutating func finish() -> [WordTime] { take(characters.count) }

  private mutating func take(_ count: Int) -> [WordTime] {
    let times = CharacterTimes(
      characters: Array(characters[..<count]), starts: Array(starts[..<count]),
      durations: Array(durations[..<count]))
    let words = times.words.map { word in
      var word = word
      word.characterStart += offset
      word.characterEnd += offset
      return word
    }
    offset += times.characters.reduce(0) { $0 + $1.unicodeScalars.count }
    characters.removeFirst(count)
    starts.removeFirst(count)
    durations.removeFirst(count)
    return words
  }
}
