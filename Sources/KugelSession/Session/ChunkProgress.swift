import KugelText
import KugelWire

/// How far the audio of a turn has come, in terms of the service's text chunks.
struct ChunkProgress: Equatable, Sendable {
  struct Chunk: Equatable, Sendable {
    let id: Int
    /// As the service announced it; one-shot requests announce nothing.
    var text: String?
    /// Samples received of it, at the rate of the progress.
    var samples = 0
    /// Those received, with times from the chunk's start.
    var words: [WordTime] = []
    var isComplete = false
  }

  /// In the order of their audio.
  private(set) var chunks: [Chunk] = []
  /// Samples received of the whole turn.
  private(set) var samples = 0
  /// Hz.
  private(set) var rate = 0

  /// Whether the texts of the chunks tell what was spoken.
  var isAnnounced: Bool { !chunks.isEmpty && chunks.allSatisfy { $0.text != nil } }

  mutating func began(_ text: String, chunk: Int) {
    chunks.append(Chunk(id: chunk, text: text))
  }

  mutating func received(_ frame: AudioFrame) {
    let isAnnounced = chunks.last.map { $0.text != nil && !$0.isComplete } ?? false
    let goesOn = chunks.last.map { $0.id == frame.chunk && !$0.isComplete } ?? false
    if !isAnnounced && !goesOn { chunks.append(Chunk(id: frame.chunk)) }
    let last = chunks.count - 1
    if rate != 0 && frame.rate != rate {
      chunks[last].samples = chunks[last].samples * frame.rate / rate
    }
    rate = frame.rate
    chunks[last].samples += frame.samples.count
    samples += frame.samples.count
  }

  mutating func received(_ words: [WordTime], chunk: Int) {
    guard let index = chunks.lastIndex(where: { $0.id == chunk }) else { return }
    chunks[index].words += words
  }

  mutating func ended() {
    guard let last = chunks.indices.last else { return }
    chunks[last].isComplete = true
    // The text alone tells where it ends.
    if chunks[last].text != nil { chunks[last].words = [] }
  }
}
