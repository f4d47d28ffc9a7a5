/// From the base64 of one turn's audio frames to linear samples.
///
/// Keeps the half sample that a frame with an odd number of bytes leaves over and puts it before
/// the next frame's bytes, so nothing shifts. One value per turn, or `reset()` between turns. Contexts
/// that share a connection may share a value: each has its own half sample.
package struct AudioDecoder: Sendable {
  /// The first byte of a sample whose second byte has not come yet.
  package private(set) var carry: UInt8?
  private var contextCarries: [String: UInt8] = [:]
  /// Of turns whose sound is a file, by context.
  private var files: [String: any SoundFileDecoder] = [:]
  private let makeFile: SoundFileMaker?

  /// - Parameter files: for sound that only a library reads.
  package init(files: SoundFileMaker? = nil) { makeFile = files }

  /// Forgets the half sample of a turn that is over. Returns whether there was one.
  @discardableResult
  package mutating func reset(context: String? = nil) -> Bool {
    files[context ?? ""] = nil
    if let context { return contextCarries.removeValue(forKey: context) != nil }
    defer { carry = nil }
    return carry != nil
  }

  /// Samples in play order; nil when `base64` is not base64, and then nothing has changed.
  package mutating func decode(
    _ base64: String, encoding: AudioEncoding, context: String? = nil
  ) -> [Int16]? {
    var base64 = base64
    return base64.withUTF8 { unsafe decode($0, encoding: encoding, context: context) }
  }

  mutating func decode(
    _ base64: UnsafeBufferPointer<UInt8>, encoding: AudioEncoding, context: String? = nil
  ) -> [Int16]? {
    switch encoding {
    case .pcm16: unsafe decodeLinear(base64, context: context)
    case .mulaw: unsafe Base64.decode(base64).map(G711.decodeMuLaw)
    case .alaw: unsafe Base64.decode(base64).map(G711.decodeALaw)
    }
  }

  /// What can be made of a file as far as it has come; nil when it is no base64, or no sound.
  mutating func decodeFile(_ base64: String, rate: Int, context: String?) -> [Int16]? {
    guard let bytes = Base64.decode(base64.utf8) else { return nil }
    let file = files[context ?? ""] ?? makeFile?(rate)
    files[context ?? ""] = file
    return file?.samples(of: bytes)
  }

  /// What is left of a file that has ended.
  mutating func endFile(context: String?) -> [Int16] {
    files.removeValue(forKey: context ?? "")?.rest() ?? []
  }

  private mutating func decodeLinear(
    _ base64: UnsafeBufferPointer<UInt8>, context: String?
  ) -> [Int16]? {
    guard let context else { return unsafe decodeLinear(base64) }
    let others = carry
    carry = contextCarries.isEmpty ? nil : contextCarries[context]
    let hadCarry = carry != nil
    let samples = unsafe decodeLinear(base64)
    if hadCarry || carry != nil { contextCarries[context] = carry }
    carry = others
    return samples
  }

  private mutating func decodeLinear(_ base64: UnsafeBufferPointer<UInt8>) -> [Int16]? {
    let before = carry
    var after: UInt8?
    var isValid = true
    let room = base64.count / 4 * 3 + (before == nil ? 0 : 1)
    let samples = unsafe [Int16](unsafeUninitializedCapacity: (room + 1) / 2) { samples, count in
      let bytes = UnsafeMutableRawBufferPointer(samples)
      let start = before == nil ? 0 : 1
      if let before { unsafe bytes[0] = before }
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
      guard let decoded = unsafe Base64.decode(base64, to: rest) else {
        isValid = false
        return
      }
      let total = start + decoded
      count = total / 2
      if !total.isMultiple(of: 2) { after = unsafe bytes[total - 1] }
    }
    guard isValid else { return nil }
    carry = after
    #if _endian(big)
      return samples.map(Int16.init(littleEndian:))
    #else
      return samples
    #endif
  }
}
