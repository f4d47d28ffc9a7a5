import KugelText

/// What becomes of pictures in a text.
package enum EmojiPolicy: String, Equatable, Sendable, CaseIterable {
  case drop, name
}

/// Leaves pictures out, or says what they show.
///
/// A picture is a cluster that is drawn in colours: by itself, by its selector, by a joiner or as a
/// flag. Digits and the signs of a keyboard stay, also as keycaps.
///
/// Source: Unicode Technical Standard 51, section 1.4.
package struct EmojiStage: TextStage {
  /// nil where none is said.
  private let names: EmojiNames?
  private var lastIsWhite = true

  package init(_ policy: EmojiPolicy, language: String? = nil) {
    names = policy == .name ? EmojiNames(language: language) : nil
  }

  package mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let scalars = text.scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      // Of the blanks round a picture that is left out one goes with it.
      let first = scalar == " " && names == nil ? index + 1 : index
      var look = Lookahead(text, from: index, ahead)
      let next = first == index ? scalar : look.at(first)
      var cluster: Int?
      if let next, Self.mayBegin(next) { cluster = Self.cluster(&look, first) }
      var end = cluster ?? index
      if names == nil, cluster != nil, scalars[first].value >= 0x80 {
        while let following = look.at(end), following.value >= 0x80, Self.mayBegin(following),
          let further = Self.cluster(&look, end)
        {
          end = further
        }
        _ = look.at(end)
      }
      if let cluster { _ = look.at(cluster) }
      if look.isUndecided {
        output.append(text, start..<index)
        if index > start { lastIsWhite = scalars[index - 1].isWhite }
        return index
      }
      guard let cluster else {
        index += 1
        continue
      }
      output.append(text, start..<index)
      if index > start { lastIsWhite = scalars[index - 1].isWhite }
      if names == nil, scalars[first].value >= 0x80 {
        index = leaveOut(text, index..<end, isBehindBlank: first > index, into: &output)
      } else {
        output.append(text, index..<first)
        if first > index { lastIsWhite = true }
        replace(text, first..<cluster, into: &output)
        index = cluster
      }
      start = index
    }
    output.append(text, start..<scalars.count)
    if start < scalars.count, let last = scalars.last { lastIsWhite = last.isWhite }
    return scalars.count
  }

  /// - Parameter range: pictures, and the blank before them.
  /// - Returns: where the text goes on.
  private mutating func leaveOut(
    _ text: SourcedText, _ range: Range<Int>, isBehindBlank: Bool, into output: inout SourcedText
  ) -> Int {
    let next = range.upperBound < text.count ? text.scalars[range.upperBound] : nil
    if isBehindBlank {
      let isBeforeWord = next.map { !$0.isWhite && !$0.isClauseMark && !$0.isCloser } ?? false
      if isBeforeWord {
        output.append(text, range.lowerBound..<(range.lowerBound + 1))
        lastIsWhite = true
      }
      return range.upperBound
    }
    return next == " " && lastIsWhite ? range.upperBound + 1 : range.upperBound
  }

  private mutating func replace(
    _ text: SourcedText, _ range: Range<Int>, into output: inout SourcedText
  ) {
    let source = text.source(of: range)
    let cluster = text.scalars[range]
    if let first = cluster.first, first.value < 0x80 {
      // A keycap is its key.
      output.append(first, standingFor: source)
      lastIsWhite = false
      return
    }
    guard let name = names?.name(of: cluster) else { return }
    output.append(lastIsWhite ? name : " " + name, standingFor: source)
    // What stands right behind it is another word.
    lastIsWhite = false
    if range.upperBound < text.count, text.scalars[range.upperBound].isWordPart {
      output.append(" ", standingFor: source.upperBound..<source.upperBound)
      lastIsWhite = true
    }
  }

  private static func mayBegin(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar.isDigit || scalar == "#" || scalar == "*" }
    return scalar.value >= 0xA9 && scalar.properties.isEmoji || scalar.value == 0x20E3
      || scalar.value == 0xFE0F
  }

  /// - Returns: where the picture ends that begins at `start`; nil for what is text.
  private static func cluster(_ look: inout Lookahead, _ start: Int) -> Int? {
    guard let first = look.at(start) else { return nil }
    if first.value == 0x20E3 || first.value == 0xFE0F { return start + 1 }
    if first.value < 0x80 {
      // Only an ASCII key that a keycap follows.
      let next = look.at(start + 1)
      let end = next == "\u{FE0F}" ? start + 2 : start + 1
      guard next == "\u{FE0F}" || next == "\u{20E3}" else { return nil }
      return look.at(end) == "\u{20E3}" ? end + 1 : end
    }
    if isRegional(first) {
      guard let second = look.at(start + 1), isRegional(second) else { return start + 1 }
      return start + 2
    }
    var isPicture = first.properties.isEmojiPresentation
    var end = start + 1
    while let next = look.at(end) {
      if next == "\u{FE0F}" || next == "\u{20E3}" || next.properties.isEmojiModifier {
        isPicture = true
        end += 1
      } else if next == "\u{FE0E}" {
        return nil
      } else if (0xE0020...0xE007F).contains(next.value) {
        end += 1
      } else if next == "\u{200D}" {
        guard let joined = look.at(end + 1) else {
          end += 1
          break
        }
        guard joined.value >= 0xA9, joined.properties.isEmoji else {
          end += 1
          break
        }
        isPicture = true
        end += 2
      } else {
        break
      }
    }
    return isPicture ? end : nil
  }

  private static func isRegional(_ scalar: Unicode.Scalar) -> Bool {
    (0x1F1E6...0x1F1FF).contains(scalar.value)
  }
}
