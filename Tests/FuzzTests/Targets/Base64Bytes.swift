import CBase64

@testable import KugelWire

extension FuzzTarget {
  /// Base64: the vector body against the scalar one both ways, and a stream of samples cut anywhere
  /// against the whole.
  static let base64 = FuzzTarget("base64") { input in
    let bytes = decoded(input, vectored: true)
    try same(bytes, decoded(input, vectored: false), "both bodies decode alike")
    let text = encoded(input, vectored: true)
    try same(text, encoded(input, vectored: false), "both bodies encode alike")
    try same(Base64.decode(text) ?? [], input, "what was encoded is decoded")
    for byte in input.prefix(1) + [0, 0x22, 0xFF] {
      let found = unsafe input.withUnsafeBufferPointer { bytes in
        unsafe bytes.baseAddress.map { unsafe kugel_find_byte($0, bytes.count, byte) } ?? 0
      }
      try same(
        found, input.firstIndex(of: byte) ?? input.count, "the first byte of a kind is found")
    }
    try samplesSurviveCutting(input)
  }

  private static func samplesSurviveCutting(_ input: [UInt8]) throws(Finding) {
    var (whole, cut) = (AudioDecoder(), AudioDecoder())
    var cuts = Cuts(of: input)
    var samples: [Int16] = []
    for piece in cuts.pieces(of: input, upTo: 40) {
      samples += cut.decode(Base64.encode(Array(piece)), encoding: .pcm16) ?? []
    }
    let expected = whole.decode(Base64.encode(input), encoding: .pcm16)
    try same(samples, expected ?? [], "samples cut anywhere are the samples of the whole")
    try same(cut.carry, whole.carry, "both leave the same half sample")
  }

  /// nil where the bytes are no base64.
  private static func decoded(_ input: [UInt8], vectored: Bool) -> [UInt8]? {
    guard !input.isEmpty else { return [] }
    var count = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: input.count / 4 * 3 + 1) { room, used in
      unsafe input.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = room.baseAddress else { return }
        unsafe count =
          vectored
          ? kugel_base64_decode(from, source.count, to)
          : kugel_base64_decode_scalar(from, source.count, to)
      }
      used = max(0, count)
    }
    return count < 0 ? nil : bytes
  }

  private static func encoded(_ input: [UInt8], vectored: Bool) -> [UInt8] {
    guard !input.isEmpty else { return [] }
    let total = Base64.encodedCount(input.count)
    return unsafe [UInt8](unsafeUninitializedCapacity: total) { room, used in
      unsafe input.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = room.baseAddress else { return }
        if vectored {
          unsafe kugel_base64_encode(from, source.count, to)
        } else {
          unsafe kugel_base64_encode_scalar(from, source.count, to)
        }
      }
      used = total
    }
  }
}
