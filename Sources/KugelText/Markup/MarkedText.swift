/// A text chunk taken apart: what an engine speaks, one run after another.
package struct MarkedText: Equatable, Sendable {
  package enum Run: Equatable, Sendable {
    /// - text: its source is the chunk.
    /// - speed: nil where the turn's own holds; 1 is the voice's normal pace.
    case speech(text: SourcedText, speed: Double?)
    case pause(milliseconds: Int)
  }

  package var runs: [Run]
}
