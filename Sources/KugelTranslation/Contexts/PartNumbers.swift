import KugelWire

/// Numbers the chunks and frames of a turn whose parts are spoken in contexts of their own: each of those
/// counts from 0.
struct PartNumbers: Equatable, Sendable {
  /// Of the parts before.
  private var chunks = 0
  private var frames = 0
  /// Of all so far.
  private var chunkCount = 0
  private var frameCount = 0

  /// The message with its numbers in the turn.
  mutating func counted(_ message: ServiceMessage) -> ServiceMessage {
    switch message {
    case .generationStarted(let chunk, let text):
      return .generationStarted(chunk: counted(chunk: chunk), text: text)
    case .audio(var frame):
      frame.chunk = counted(chunk: frame.chunk)
      frame.index += frames
      frameCount = max(frameCount, frame.index + 1)
      return .audio(frame)
    case .wordTimes(let words, let chunk):
      return .wordTimes(words, chunk: counted(chunk: chunk))
    case .chunkComplete(let chunk, let seconds, let milliseconds):
      return .chunkComplete(
        chunk: counted(chunk: chunk), audioSeconds: seconds, generationMilliseconds: milliseconds)
    default: return message
    }
  }

  private mutating func counted(chunk: Int) -> Int {
    chunkCount = max(chunkCount, chunks + chunk + 1)
    return chunks + chunk
  }

  /// The next message is of another part.
  mutating func beginPart() { (chunks, frames) = (chunkCount, frameCount) }

  /// A chunk of silence, behind which another part begins.
  mutating func silence(_ count: Int, rate: Int) -> [ServiceMessage] {
    let chunk = chunkCount
    let frame = AudioFrame(
      samples: [Int16](repeating: 0, count: count), rate: rate, index: frameCount, chunk: chunk)
    (chunkCount, frameCount) = (chunk + 1, frameCount + 1)
    beginPart()
    return [
      .generationStarted(chunk: chunk, text: ""), .audio(frame),
      .chunkComplete(
        chunk: chunk, audioSeconds: Double(count) / Double(rate), generationMilliseconds: 0),
    ]
  }
}
