import KugelSession

/// The word that ends a line being typed, by the rules of `Quoting`, where a quote may still be open.
struct UnfinishedWord {
  /// Words before it.
  let place: Int
  /// As it was typed; empty behind white space.
  let written: Substring

  init(endOf text: Substring) {
    var (place, start, isQuoted) = (0, text.startIndex, false)
    var index = start
    while index < text.endIndex {
      let next = text.index(after: index)
      switch text[index] {
      case "\"": isQuoted.toggle()
      case "\\" where isQuoted && next < text.endIndex:
        index = text.index(after: next)
        continue
      case let character where character.isWhitespace && !isQuoted:
        if start < index { place += 1 }
        start = next
      default: break
      }
      index = next
    }
    (self.place, written) = (place, text[start...])
  }

  /// What it means without its quotes.
  static func meaning(of written: Substring) -> String {
    var (result, rest, isQuoted) = ("", written, false)
    while let next = rest.popFirst() {
      switch next {
      case "\"": isQuoted.toggle()
      case "\\" where isQuoted: if let escaped = rest.popFirst() { result.append(escaped) }
      default: result.append(next)
      }
    }
    return result
  }
}
