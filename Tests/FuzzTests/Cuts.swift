/// Cuts an input in places that follow from its bytes, so that the same input is always cut alike.
struct Cuts: RandomNumberGenerator {
  private var state: UInt64

  /// FNV-1a of the bytes is the seed.
  init(of input: [UInt8]) {
    state = input.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Pieces of one to `longest` elements, in order.
  mutating func pieces<Whole: RandomAccessCollection>(
    of whole: Whole, upTo longest: Int = 9
  ) -> [Whole.SubSequence] {
    var pieces: [Whole.SubSequence] = []
    var rest = whole[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...longest, using: &self))
      pieces.append(piece)
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }

  /// The same of a text, cut between scalars.
  mutating func texts(of whole: String, upTo longest: Int = 9) -> [String] {
    pieces(of: Array(whole.unicodeScalars), upTo: longest).map { scalars in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
  }
}

extension [UInt8] {
  /// As a text; what is not UTF-8 becomes U+FFFD.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// Messages one after the other: JSON has no need of a newline, so one parts them.
  var messages: [[UInt8]] {
    split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map(Array.init)
  }
}
