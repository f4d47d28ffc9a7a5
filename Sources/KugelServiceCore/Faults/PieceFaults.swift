import KugelWire

/// Pieces of text that are not spoken as they should be, though the service says so: what a client has to
/// find out by listening.
struct PieceFaults: Sendable {
  /// Seconds that are left of a piece that is cut.
  static let rest = 0.4

  private enum Fault: Sendable { case drop, cut, double }

  private struct Piece: Sendable {
    var fault: Fault
    var samples = 0
    /// What is said once more.
    var frames: [ServiceFrame] = []
  }

  private let plan: FaultPlan
  private var begun = 0
  /// Those under way, by context and number.
  private var pieces: [Key: Piece] = [:]

  private struct Key: Hashable, Sendable {
    var context: String?
    var chunk: Int
  }

  init(_ plan: FaultPlan) { self.plan = plan }

  /// - Returns: what is sent in place of a message.
  mutating func take(_ frame: ServiceFrame) -> [ServiceFrame] {
    switch frame.message {
    case .generationStarted(let chunk, _):
      begun += 1
      pieces[Key(context: frame.context, chunk: chunk)] = fault.map { Piece(fault: $0) }
    case .audio(let audio):
      return take(audio, frame, Key(context: frame.context, chunk: audio.chunk))
    case .wordTimes(_, let chunk):
      if pieces[Key(context: frame.context, chunk: chunk)]?.fault == .drop { return [] }
    case .chunkComplete(let chunk, _, _):
      let piece = pieces.removeValue(forKey: Key(context: frame.context, chunk: chunk))
      return (piece?.frames ?? []) + [frame]
    case .final, .interrupted, .contextClosed, .sessionClosed, .error:
      pieces = pieces.filter { $0.key.context != frame.context }
    default: break
    }
    return [frame]
  }

  private var fault: Fault? {
    func isDue(_ kind: FaultKind) -> Bool {
      plan.integer(kind).map { begun.isMultiple(of: $0) } ?? false
    }
    if isDue(.dropPieces) { return .drop }
    if isDue(.cutPieces) { return .cut }
    return isDue(.doublePieces) ? .double : nil
  }

  private mutating func take(_ audio: AudioFrame, _ frame: ServiceFrame, _ key: Key)
    -> [ServiceFrame]
  {
    guard var piece = pieces[key] else { return [frame] }
    defer { pieces[key] = piece }
    switch piece.fault {
    case .drop: return []
    case .double:
      piece.frames.append(frame)
      return [frame]
    case .cut:
      let left = Int(Double(audio.rate) * Self.rest) - piece.samples
      piece.samples += audio.samples.count
      guard left > 0 else { return [] }
      var short = audio
      short.samples = Array(audio.samples.prefix(left))
      return [ServiceFrame(.audio(short), context: frame.context)]
    }
  }
}
