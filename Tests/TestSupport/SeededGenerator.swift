/// The same numbers for the same seed (SplitMix64), so that a failing case can be run again.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Cuts a collection into pieces of random lengths.
  package mutating func split<C: RandomAccessCollection>(_ whole: C, upTo longest: Int) -> [C
    .SubSequence]
  {
    var pieces: [C.SubSequence] = []
    var rest = whole[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...longest, using: &self)
      pieces.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  /// Cuts a text between scalars.
  package mutating func tokens(of text: String, upTo longest: Int) -> [String] {
    split(Array(text.unicodeScalars), upTo: longest).map { scalars in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
  }
}

/// A text without its white space.
package func squeezed(_ text: String) -> String { String(text.filter { !$0.isWhitespace }) }
