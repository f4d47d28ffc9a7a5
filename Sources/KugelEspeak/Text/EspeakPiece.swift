/// A part of a text that the library speaks in one go.
struct EspeakPiece: Equatable {
  /// The voice's file, with the variant where there is one.
  var identifier: String
  /// What the library is given.
  private(set) var scalars: [Unicode.Scalar]
  /// For each of them the offset in the whole text, in Unicode scalars; a space that was put in has
  /// that of what follows.
  private(set) var sources: [Int]
  /// Whether the pause that belongs behind the last sign is to be spoken.
  var endsClause: Bool
  /// Whether what stands in double brackets is phonemes.
  var hasPhonemes = false
  /// Whether letters that are foreign to the voice were taken out.
  private(set) var isSifted = false

  init(identifier: String, scalars: [Unicode.Scalar], sources: [Int], endsClause: Bool) {
    self.identifier = identifier
    self.scalars = scalars
    self.sources = sources
    self.endsClause = endsClause
  }

  var bytes: [UInt8] { EspeakText.bytes(of: scalars) }
  var cost: Int { scalars.reduce(0) { $0 + SpeechCost.ofClause($1) } }
  var handle: String { EspeakVoice.handle(of: String(identifier.prefix { $0 != "+" })) }

  /// The part from an offset of its own on.
  func rest(from start: Int) -> EspeakPiece {
    var rest = self
    rest.scalars.removeFirst(start)
    rest.sources.removeFirst(start)
    return rest
  }

  /// The part before an offset of its own; more follows, so a pause needs a sign.
  func start(to end: Int) -> EspeakPiece {
    var start = self
    start.scalars.removeLast(scalars.count - end)
    start.sources.removeLast(sources.count - end)
    start.endsClause = EspeakText.endsClause(start.scalars, lines: 2)
    return start
  }

  /// The same place, without letters that the voice does not read, and without symbols that only
  /// Unicode has: spaces instead, so that offsets stay.
  func sifted() -> EspeakPiece {
    var sifted = self
    sifted.isSifted = true
    sifted.scalars = scalars.map { isSafe($0) ? $0 : " " }
    return sifted
  }

  private func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x250 { return true }
    if let script = Script.of(scalar) {
      return ScriptVoice.of(script)?.readers.contains(handle) ?? false
    }
    switch scalar.properties.generalCategory {
    case .otherPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .dashPunctuation, .connectorPunctuation, .spaceSeparator,
      .nonspacingMark:
      return true
    default: return false
    }
  }

  /// A source offset and a length for an event of the library's, which counts scalars of the piece.
  func source(offset: Int, length: Int) -> (offset: Int, length: Int)? {
    guard length > 0 || offset >= 0, !sources.isEmpty else { return nil }
    let start = max(0, offset)
    guard start < sources.count else { return nil }
    let last = min(max(start, offset + length - 1), sources.count - 1)
    return (sources[start], sources[last] + 1 - sources[start])
  }
}
