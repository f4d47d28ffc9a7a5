/// A RIFF WAVE file, read as it comes. Lengths that were not known when it was written mean "to the end".
///
/// Source: Microsoft multimedia standards update 3.0; protocol of the answer: OpenAI notes, section 3.1.
struct WaveReader: Equatable, Sendable {
  private enum Stage: Equatable {
    case header
    /// nil left: to the end.
    case samples(SampleCoding, left: Int?)
    /// What stands behind the samples.
    case rest
    /// A coding that is not read here.
    case foreign
  }

  private var stage = Stage.header
  /// Bytes that are not a whole chunk or frame yet.
  private var waiting: [UInt8] = []

  /// What came of the bytes; nil when they are no such file.
  mutating func read(_ bytes: [UInt8]) -> [SoundPart]? {
    waiting += bytes
    if case .header = stage {
      guard readHeader() else { return nil }
    }
    switch stage {
    case .header, .rest: return []
    case .foreign:
      defer { waiting = [] }
      return [.file(waiting)]
    case .samples(let coding, let left):
      let count = min(waiting.count, left ?? .max)
      let whole = count - count % coding.frameBytes
      guard whole > 0 else { return [] }
      let samples = coding.samples(waiting[..<whole])
      waiting.removeFirst(whole)
      if let left {
        stage = left - whole < coding.frameBytes ? .rest : .samples(coding, left: left - whole)
      }
      return [.samples(samples, rate: coding.rate)]
    }
  }

  /// Chunk by chunk up to the samples; false when that is no such file.
  private mutating func readHeader() -> Bool {
    var position = 12
    var found: SampleCoding?
    while position + 8 <= waiting.count {
      let name = waiting[position..<position + 4]
      let length = Int(waiting.little32(at: position + 4))
      position += 8
      if name.elementsEqual("data".utf8) {
        guard let found else { return false }
        waiting.removeFirst(position)
        // The longest that is told by those who do not know, and nothing at all.
        let isKnown = length != 0 && length < 0x7FFF_0000
        stage = .samples(found, left: isKnown ? length : nil)
        return true
      }
      // A header longer than this is none.
      guard length <= 1 << 20 else { return false }
      guard position + length <= waiting.count else { return true }
      if name.elementsEqual("fmt ".utf8) {
        guard length >= 16 else { return false }
        guard let coding = SampleCoding(waiting[position..<position + length]) else {
          stage = .foreign
          return true
        }
        found = coding
      }
      position += length + length % 2
    }
    return true
  }
}

/// How samples lie in a WAVE file.
struct SampleCoding: Equatable, Sendable {
  private enum Kind: Equatable { case integer, float, muLaw, aLaw }

  /// Hz.
  let rate: Int
  private let kind: Kind
  private let channels: Int
  private let width: Int

  /// - Parameter format: what the chunk `fmt ` holds.
  /// - Returns: nil for a coding that is not read here.
  init?(_ format: ArraySlice<UInt8>) {
    let bytes = Array(format)
    var tag = bytes.little16(at: 0)
    // The extensible form names the coding in the first two bytes of its identifier.
    if tag == 0xFFFE, bytes.count >= 26 { tag = bytes.little16(at: 24) }
    let (channels, bits) = (Int(bytes.little16(at: 2)), Int(bytes.little16(at: 14)))
    rate = Int(bytes.little32(at: 4))
    switch (tag, bits) {
    case (1, 8), (1, 16), (1, 24), (1, 32): kind = .integer
    case (3, 32): kind = .float
    case (6, 8): kind = .aLaw
    case (7, 8): kind = .muLaw
    default: return nil
    }
    guard (1...8).contains(channels), AudioFrame.rates.contains(rate) else { return nil }
    self.channels = channels
    width = bits / 8
  }

  /// Of the samples of all channels at one moment.
  var frameBytes: Int { width * channels }

  /// - Parameter bytes: whole frames.
  /// - Returns: one channel, the mean of all.
  func samples(_ bytes: ArraySlice<UInt8>) -> [Int16] {
    let bytes = Array(bytes)
    let all: [Int16] =
      switch kind {
      case .muLaw: G711.decodeMuLaw(bytes)
      case .aLaw: G711.decodeALaw(bytes)
      case .float:
        stride(from: 0, to: bytes.count, by: 4).map { place in
          let value = Float(bitPattern: bytes.little32(at: place))
          return Int16(clamping: Int((value.isFinite ? max(-2, min(2, value)) : 0) * 32_768))
        }
      case .integer where width == 2: bytes.samples16
      case .integer where width == 1: bytes.map { Int16(Int($0) - 128) << 8 }
      case .integer:
        stride(from: 0, to: bytes.count, by: width).map { place in
          Int16(bitPattern: bytes.little16(at: place + width - 2))
        }
      }
    guard channels > 1 else { return all }
    return stride(from: 0, to: all.count, by: channels).map { place in
      Int16(all[place..<place + channels].reduce(0) { $0 + Int($1) } / channels)
    }
  }
}

extension [UInt8] {
  func little16(at place: Int) -> UInt16 { UInt16(self[place]) | UInt16(self[place + 1]) << 8 }

  func little32(at place: Int) -> UInt32 {
    UInt32(little16(at: place)) | UInt32(little16(at: place + 2)) << 16
  }

  /// Little-endian; an odd byte at the end does not count.
  var samples16: [Int16] {
    unsafe [Int16](unsafeUninitializedCapacity: count / 2) { room, written in
      let bytes = UnsafeMutableRawBufferPointer(room)
      unsafe withUnsafeBytes { all in
        unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[..<(count / 2 * 2)]))
      }
      written = count / 2
      for place in 0..<written { unsafe room[place] = Int16(littleEndian: room[place]) }
    }
  }
}
