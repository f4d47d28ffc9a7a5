import KugelText

/// What stands before a number.
struct NumberContext {
  var before: Unicode.Scalar
  /// In lower case.
  var word = ""
  /// A word that has lost its end touches it ("l'8 marzo").
  var isElided = false
  /// An apostrophe stands for the century ("the '90s").
  var isShortYear = false
  /// What stands before the word.
  private var far: ArraySlice<Unicode.Scalar>
  /// What stands before the number, without an apostrophe.
  private let near: ArraySlice<Unicode.Scalar>

  /// - Parameter near: the scalars before it.
  init(behind scalars: [Unicode.Scalar]) {
    var near = scalars[...]
    before = near.last ?? " "
    if before == "'" || before == "’" {
      near.removeLast()
      isElided = near.last?.isLetter ?? false
      isShortYear = near.last.map { $0.isWhite || $0 == "(" } ?? true
    }
    self.near = near
    word = Self.takeWord(&near)
    far = near
  }

  /// The word before the one before it, in lower case.
  var farWord: String {
    var near = far
    return Self.takeWord(&near)
  }

  /// What stands before the decades of which this may be another one ("the 80s and 90s"), and whether one
  /// of them has its century; nil where there are none.
  var decades: (word: String, hasCentury: Bool)? {
    var near = near
    var found: (word: String, hasCentury: Bool)?
    while let digits = Self.takeDecade(&near) {
      var rest = near
      found = (Self.takeWord(&rest), digits == 4 || found?.hasCentury ?? false)
    }
    return found
  }

  /// The last word; blanks, and a stop or a bracket behind it, do not count.
  private static func takeWord(_ near: inout ArraySlice<Unicode.Scalar>) -> String {
    while let last = near.last, last.isWhite { near.removeLast() }
    if near.last == "." || near.last == "(" { near.removeLast() }
    let start = near.lastIndex { !$0.isWordPart }.map { $0 + 1 } ?? near.startIndex
    let word = String(scalars: near[start...]).lowercased()
    near = near[..<start]
    return word
  }

  /// Takes a decade and what joins it to the next one.
  ///
  /// - Returns: how many digits it has.
  private static func takeDecade(_ near: inout ArraySlice<Unicode.Scalar>) -> Int? {
    var rest = near
    func skipBlanks() { while let last = rest.last, last.isWhite { rest.removeLast() } }
    skipBlanks()
    let start = rest.lastIndex { !$0.isLetter }.map { $0 + 1 } ?? rest.startIndex
    if joints.contains(String(scalars: rest[start...])) { rest = rest[..<start] }
    skipBlanks()
    while let last = rest.last, last == "," || last == "–" || last == "-" || last == "&" {
      rest.removeLast()
      skipBlanks()
    }
    guard rest.endIndex < near.endIndex else { return nil }
    if rest.last == "." { rest.removeLast() }
    for end in ["s", "er", "ern"]
    where rest.count > 4 && String(scalars: rest.suffix(end.count + 1)).hasSuffix(end)
      && (rest[rest.endIndex - end.count - 1].isDigit
        || rest[rest.endIndex - end.count - 1] == "'"
        || rest[rest.endIndex - end.count - 1] == "’")
    {
      rest.removeLast(end.count)
      break
    }
    if rest.last == "'" || rest.last == "’" { rest.removeLast() }
    let first = rest.lastIndex { !$0.isDigit }.map { $0 + 1 } ?? rest.startIndex
    let digits = rest[first...]
    guard digits.count == 2 || digits.count == 4, digits.last == "0",
      rest.endIndex < near.endIndex
    else { return nil }
    near = rest[..<first]
    return digits.count
  }

  /// Words in lower case that join decades.
  private static let joints: Set<String> = [
    "and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "en", "of", "i", "oraz",
    "lub", "do",
  ]
}
