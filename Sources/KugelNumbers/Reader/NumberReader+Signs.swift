import KugelText

extension NumberReader {
  /// "a < b", "x >= 5", "x²", "~5": signs beside numbers and letters that voices leave out, or call by name.
  ///
  /// - Parameter near: the scalars before it.
  func sign(
    _ look: inout Lookahead, at start: Int, behind near: [Unicode.Scalar]
  ) -> NumberReading? {
    switch look.at(start) {
    case "<", ">": return comparison(&look, start, near)
    case "²", "³": return power(&look, start, near)
    case "~":
      guard near.last.map({ $0.isWhite || $0 == "(" }) ?? true,
        look.at(start + 1)?.isDigit ?? false
      else { return nil }
      return NumberReading(end: start + 1, text: words.about + " ")
    default: return nil
    }
  }

  /// "File > Open" is no comparison: one of its sides has to be a number or a letter, or stands below the
  /// other with blanks round the sign.
  private func comparison(
    _ look: inout Lookahead, _ start: Int, _ near: [Unicode.Scalar]
  ) -> NumberReading? {
    // "->" and "=>" are arrows.
    guard near.last != "-", near.last != "=", near.last != "<" else { return nil }
    let isLess = look.at(start) == "<"
    let isEqual = look.at(start + 1) == "="
    let end = isEqual ? start + 2 : start + 1
    let next = skipBlank(&look, end)
    guard let first = look.at(next), first.isWordPart || first == "-" && next > end else {
      return nil
    }
    let right = look.skip(next) { $0.isWordPart || $0 == "_" }
    let left = near[...].dropLast(near.last?.isWhite ?? false ? 1 : 0)
    let word = left.suffix(while: { $0.isWordPart || $0 == "_" })
    let isSpaced = next > end && near.last?.isWhite ?? false
    func isTerm(_ text: some Collection<Unicode.Scalar>) -> Bool {
      text.count == 1 || text.first?.isDigit ?? false || text.contains("_")
    }
    let behind = (next..<right).compactMap { look.at($0) }
    // "<3" is a heart.
    if isLess, !isEqual, !isSpaced, behind == ["3"], word.isEmpty || near.last?.isWhite ?? true {
      return nil
    }
    guard isEqual || isTerm(word) || isTerm(behind) || isLess && isSpaced && !word.isEmpty else {
      return nil
    }
    let names = words.comparisons
    let name =
      isLess ? (isEqual ? names.atMost : names.less) : isEqual ? names.atLeast : names.greater
    return NumberReading(
      end: end, text: (near.last?.isWhite ?? true ? "" : " ") + name)
  }

  private func power(
    _ look: inout Lookahead, _ start: Int, _ near: [Unicode.Scalar]
  ) -> NumberReading? {
    let base = near[...].suffix(while: \.isWordPart)
    guard base.count == 1 || !base.isEmpty && base.allSatisfy(\.isDigit),
      !(look.at(start + 1)?.isWordPart ?? false)
    else { return nil }
    let name = look.at(start) == "²" ? words.powers.square : words.powers.cube
    return NumberReading(end: start + 1, text: " \(name)")
  }
}

extension ArraySlice<Unicode.Scalar> {
  /// The scalars at the end that are such.
  fileprivate func suffix(while isSuch: (Unicode.Scalar) -> Bool) -> ArraySlice<Unicode.Scalar> {
    self[(lastIndex { !isSuch($0) }.map { $0 + 1 } ?? startIndex)...]
  }
}
