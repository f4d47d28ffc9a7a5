/// Cuts a text where another voice has to speak, so that every voice reads its own script.
///
/// What all scripts share goes with the letters around it: a sign with the word that it touches, digits
/// and symbols with the chosen voice where that is a neighbour. A single Greek letter is a name, as in
/// "Δx" or "π", and stays with the chosen voice. Letters that nobody reads become spaces.
struct ScriptRuns {
  struct Run: Equatable {
    /// Unicode scalars of the text.
    var range: Range<Int>
    /// The voice's file; nil is the chosen voice.
    var identifier: String?
  }

  private let handle: String
  private(set) var scalars: [Unicode.Scalar]
  private(set) var runs: [Run] = []

  /// - Parameters:
  ///   - scalars: a text.
  ///   - handle: the chosen voice's, without a variant.
  init(_ scalars: [Unicode.Scalar], handle: String) {
    self.handle = handle
    self.scalars = scalars
    guard scalars.contains(where: { $0.value >= 0x370 }) else {
      runs = scalars.isEmpty ? [] : [Run(range: 0..<scalars.count)]
      return
    }
    cut(owners())
  }

  private enum Owner: Equatable {
    /// Shared by all scripts.
    case nobody
    /// The chosen voice.
    case chosen
    case voice(String)
  }

  /// Who reads each scalar by itself.
  private mutating func owners() -> [Owner] {
    var owners = scalars.map { _ in Owner.nobody }
    for index in scalars.indices {
      guard let script = Script.of(scalars[index]) else { continue }
      if script == .unread {
        scalars[index] = " "
      } else if let voice = ScriptVoice.of(script), !voice.readers.contains(handle) {
        owners[index] = isName(index, script) ? .chosen : .voice(voice.identifier)
      } else {
        owners[index] = .chosen
      }
    }
    return owners
  }

  private func isName(_ index: Int, _ script: Script) -> Bool {
    func isGreek(_ neighbour: Int) -> Bool {
      scalars.indices.contains(neighbour) && Script.of(scalars[neighbour]) == .greek
    }
    return script == .greek && !isGreek(index - 1) && !isGreek(index + 1)
  }

  private mutating func cut(_ owners: [Owner]) {
    var start = 0
    var owner = Owner.chosen
    var gap = 0..<0
    for index in scalars.indices where owners[index] != .nobody {
      gap = gap.upperBound..<index
      if owners[index] != owner {
        let place = boundary(in: gap, after: owner, before: owners[index])
        close(start..<place, owner)
        (start, owner) = (place, owners[index])
      }
      gap = index + 1..<index + 1
    }
    let tail = gap.upperBound..<scalars.count
    if owner != .chosen, hasSymbols(tail) {
      let place = boundary(in: tail, after: owner, before: .chosen)
      close(start..<place, owner)
      (start, owner) = (place, .chosen)
    }
    close(start..<scalars.count, owner)
  }

  /// Where in a stretch without letters the voices change.
  private func boundary(in gap: Range<Int>, after left: Owner, before right: Owner) -> Int {
    let spaces = gap.filter { scalars[$0].properties.isWhitespace }
    guard let first = spaces.first, let last = spaces.last else {
      return left == .chosen || !hasSymbols(gap) ? gap.upperBound : gap.lowerBound
    }
    return right == .chosen ? first + 1 : last + 1
  }

  /// Whether something is spoken there.
  private func hasSymbols(_ range: Range<Int>) -> Bool {
    scalars[range].contains { scalar in
      switch scalar.properties.generalCategory {
      case .decimalNumber, .letterNumber, .otherNumber, .mathSymbol, .currencySymbol, .otherSymbol:
        true
      default: false
      }
    }
  }

  private mutating func close(_ range: Range<Int>, _ owner: Owner) {
    guard !range.isEmpty else { return }
    var identifier: String?
    if case .voice(let name) = owner { identifier = name }
    guard let last = runs.last, isSpoken(last.range) else {
      runs = [
        Run(
          range: (runs.first?.range ?? range).lowerBound..<range.upperBound, identifier: identifier)
      ]
      return
    }
    if last.identifier == identifier || !isSpoken(range) {
      runs[runs.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      runs.append(Run(range: range, identifier: identifier))
    }
  }

  private func isSpoken(_ range: Range<Int>) -> Bool {
    hasSymbols(range) || scalars[range].contains { Script.of($0) != nil }
  }
}
