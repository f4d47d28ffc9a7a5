/// The ids of a sentence, as a model takes them.
package struct PhonemeIDs: Equatable, Sendable {
  package var ids: [Int64]
  /// For each id the phoneme it stands for, by its place in the sentence; the ends have the nearest one.
  package var places: [Int]

  /// More ids are spoken in parts: the time of the first half of a model grows with their square.
  package static let most = 600

  /// - Parameter range: the part of the sentence's phonemes.
  package init(
    _ phonemes: [Unicode.Scalar], in range: Range<Int>, by map: [Unicode.Scalar: [Int64]]
  ) {
    let pad = map["_"] ?? []
    ids = (map["^"] ?? []) + pad
    places = Array(repeating: range.lowerBound, count: ids.count)
    for index in range {
      // What the voice was not taught it cannot say.
      guard let own = map[phonemes[index]] else { continue }
      ids += own + pad
      places += Array(repeating: index, count: own.count + pad.count)
    }
    let end = map["$"] ?? []
    ids += end
    places += Array(repeating: max(range.lowerBound, range.upperBound - 1), count: end.count)
  }

  /// Whether there is anything to be heard: more than signs and spaces.
  package static func isSpeakable(
    _ phonemes: [Unicode.Scalar], by map: [Unicode.Scalar: [Int64]]
  ) -> Bool {
    phonemes.contains { map[$0] != nil && !ClauseEnding.signs.contains($0) && $0 != " " }
  }

  /// Cuts phonemes at spaces, the later ones behind a sign first, so that no part has too many ids.
  package static func parts(
    of phonemes: [Unicode.Scalar], by map: [Unicode.Scalar: [Int64]], most: Int = most
  ) -> [Range<Int>] {
    let pad = map["_"]?.count ?? 0
    var parts: [Range<Int>] = []
    var (start, count) = (0, 0)
    var (clause, word): (Int?, Int?) = (nil, nil)
    var index = 0
    while index < phonemes.count {
      count += (map[phonemes[index]].map { $0.count + pad }) ?? 0
      if count > most, index > start {
        let end = clause ?? word ?? index
        parts.append(start..<end)
        (start, index, count, clause, word) = (end, end, 0, nil, nil)
        continue
      }
      if phonemes[index] == " ", index > start {
        word = index + 1
        // A part of a few words would sound like one.
        if ClauseEnding.signs.contains(phonemes[index - 1]), count * 3 >= most {
          clause = index + 1
        }
      }
      index += 1
    }
    if start < phonemes.count { parts.append(start..<phonemes.count) }
    return parts
  }
}
