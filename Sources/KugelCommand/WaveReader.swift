/// Takes the samples out of what a program writes: a WAV, or the bare samples.
///
/// Mono comes out; several channels are mixed. 16 bits, little-endian.
struct WaveReader {
  enum Flaw: Error, Equatable {
    case unknownForm(String)
    /// Sound without a header, and nobody said its rate.
    case needsRate
  }

  /// Samples per second, once that is known.
  private(set) var rate: Int?
  /// All that the header promised is there.
  var isComplete: Bool { left == 0 }

  private var bytes: [UInt8] = []
  private var channels = 1
  private var isHeadRead = false
  /// Bytes of samples to come; nil for as many as there are.
  private var left: Int?

  /// More before the samples is no header.
  private static let longestHead = 1 << 16

  /// - Parameter rate: of sound without a header.
  init(rate: Int?) { self.rate = rate }

  /// - Parameter isEnd: whether nothing more comes.
  /// - Returns: the samples that can be told now.
  mutating func take(_ more: [UInt8], isEnd: Bool = false) throws(Flaw) -> [Int16] {
    bytes += more
    if !isHeadRead {
      guard try readHead(isEnd: isEnd) else { return [] }
    }
    let frame = 2 * channels
    var count = bytes.count / frame * frame
    if let left { count = min(count, left) }
    let samples = stride(from: 0, to: count, by: frame).map { start in
      let sum = (0..<channels).reduce(0) { sum, channel in
        let place = start + 2 * channel
        return sum + Int(Int16(bitPattern: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8))
      }
      return Int16(clamping: sum / channels)
    }
    bytes.removeFirst(count)
    left = left.map { $0 - count }
    return samples
  }

  /// - Returns: whether samples follow.
  private mutating func readHead(isEnd: Bool) throws(Flaw) -> Bool {
    let magic = Array("RIFF".utf8)
    guard bytes.count >= 12 || !magic.starts(with: bytes.prefix(4)) || isEnd else { return false }
    guard bytes.starts(with: magic) else {
      guard !bytes.isEmpty else { return false }
      guard rate != nil else { throw .needsRate }
      isHeadRead = true
      return true
    }
    var place = 12
    while place + 8 <= bytes.count {
      let name = String(decoding: bytes[place..<place + 4], as: UTF8.self)
      let size = number(place + 4, 4)
      if name == "data" {
        guard rate != nil else { throw .unknownForm("a WAV without a format") }
        // Who writes into a pipe does not know the length: the largest numbers, or none at all.
        left = size == 0 || size >= 0x7FFF_0000 ? nil : size
        bytes.removeFirst(place + 8)
        isHeadRead = true
        return true
      }
      let next = place + 8 + size + size % 2
      guard next <= Self.longestHead else { throw .unknownForm("no WAV") }
      guard next <= bytes.count else { break }
      if name == "fmt " { try readForm(place + 8, size) }
      place = next
    }
    if isEnd { throw .unknownForm("a WAV that ends in its header") }
    return false
  }

  private mutating func readForm(_ place: Int, _ size: Int) throws(Flaw) {
    guard size >= 16 else { throw .unknownForm("no WAV") }
    let (kind, bits) = (number(place, 2), number(place + 14, 2))
    guard kind == 1 || kind == 0xFFFE, bits == 16 else {
      throw .unknownForm(
        "a WAV of the kind \(kind) with \(bits) bits; 16 bits of PCM are understood")
    }
    channels = number(place + 2, 2)
    rate = number(place + 4, 4)
    guard 1...8 ~= channels, let rate, 4_000...192_000 ~= rate else {
      throw .unknownForm("a WAV with \(channels) channels at \(rate ?? 0) Hz")
    }
  }

  private func number(_ place: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }
}
