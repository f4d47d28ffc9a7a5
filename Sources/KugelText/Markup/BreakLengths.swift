/// How long the pauses are that `<break>` asks for.
package enum BreakLengths: Equatable, Sendable {
  /// The nearest of 200, 400 and 500 ms, the longer of two as near.
  ///
  /// Source: protocol notes, section 12.2.
  case snapped
  /// As they are asked for, up to so many milliseconds.
  case exact(most: Int)

  /// - Returns: milliseconds; nil where nothing is asked for.
  package func length(_ asked: Double) -> Int? {
    switch self {
    case .snapped: asked < 300 ? 200 : asked < 450 ? 400 : 500
    case .exact(let most): asked < 1 ? nil : Int(min(asked, Double(most)).rounded())
    }
  }
}
