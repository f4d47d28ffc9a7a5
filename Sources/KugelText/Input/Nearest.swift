/// What somebody who wrote `word` may have meant, best first.
///
/// Letter case does not count. The distance is Damerau-Levenshtein with adjacent transpositions
/// (optimal string alignment); only about one slip in three letters is taken for a slip.
///
/// - Parameter candidates: what could have been written; one named twice is returned once.
/// - Returns: at most `limit`; those equally near keep a longer common start first, then their order.
package func nearest(
  to word: String, in candidates: some Sequence<String>, limit: Int = 3
) -> [String] {
  let written = Array(word.lowercased())
  var found: [(candidate: String, distance: Int, common: Int)] = []
  var seen: Set<String> = []
  for candidate in candidates where seen.insert(candidate).inserted {
    let meant = Array(candidate.lowercased())
    let patience = slips(toleratedIn: max(written.count, meant.count))
    guard abs(written.count - meant.count) <= patience else { continue }
    let distance = editDistance(written, meant)
    guard distance <= patience else { continue }
    let common = zip(written, meant).prefix { $0 == $1 }.count
    found.append((candidate, distance, common))
  }
  // `sort` is stable in effect only, not by promise: the place breaks the tie.
  let ranked = found.enumerated().sorted { one, other in
    (one.element.distance, -one.element.common, one.offset)
      < (other.element.distance, -other.element.common, other.offset)
  }
  return ranked.prefix(max(0, limit)).map(\.element.candidate)
}

private func slips(toleratedIn length: Int) -> Int {
  length < 2 ? 0 : min(3, (length + 1) / 3)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
func editDistance(_ one: [Character], _ other: [Character]) -> Int {
  guard !one.isEmpty, !other.isEmpty else { return max(one.count, other.count) }
  var beforeLast: [Int] = []
  var last = Array(0...other.count)
  for row in 1...one.count {
    var current = [row]
    current.reserveCapacity(other.count + 1)
    for column in 1...other.count {
      let same = one[row - 1] == other[column - 1]
      var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
      if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
        best = min(best, beforeLast[column - 2] + 1)
      }
      current.append(best)
    }
    (beforeLast, last) = (last, current)
  }
  return last[other.count]
}
