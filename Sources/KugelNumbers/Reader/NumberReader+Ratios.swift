import KugelText

extension NumberReader {
  /// "a ratio of 1/4", "the ratio 3:1": not the part of anything, only behind a word that says so.
  func ratio(
    _ look: inout Lookahead, _ start: Int, _ context: NumberContext
  ) -> NumberReading? {
    guard let ratio = words.ratio,
      ratio.nouns.contains(context.word)
        || ratio.links.contains(context.word) && ratio.nouns.contains(context.farWord),
      let (first, mark) = amount(&look, start), let sign = look.at(mark),
      sign == "/" || sign == ":" || sign == "⁄", let (second, end) = amount(&look, mark + 1),
      isEdge(&look, end)
    else { return nil }
    return NumberReading(
      end: end, text: "\(language.spoken(first)) \(ratio.joint) \(language.spoken(second))")
  }
}
