@testable import KugelWire

extension FuzzTarget {
  /// Messages of a KugelAudio service: the scan for audio frames against the general decoder, and what
  /// is read against what is written of it and read again.
  static let serviceFrames = FuzzTarget("service-frames") { input in
    var (scanning, general) = (AudioDecoder(), AudioDecoder())
    for message in input.messages {
      let read = KugelCodec.decodeServiceFrame(message, audio: &scanning)
      let slowly = unsafe message.withUnsafeBufferPointer {
        unsafe KugelCodec.decodeAnyServiceFrame($0, audio: &general, defaultRate: 24_000)
      }
      try same(read, slowly, "the scan and the general decoder read alike")
      try same(scanning.carry, general.carry, "both leave the same half samples")
      if case .frame(let frame) = read { try survivesWriting(frame) }
    }
  }

  private static func survivesWriting(_ frame: ServiceFrame) throws(Finding) {
    // Contexts have half samples of their own; without them nothing is left over.
    var decoder = AudioDecoder()
    let written = KugelCodec.encode(frame, at: .stream)
    let again = KugelCodec.decodeServiceFrame(written, audio: &decoder)
    guard case .frame(let second) = again else {
      throw Finding(description: "what was written of \(frame) is no frame: \(written.text)")
    }
    if case .audio = frame.message {
      try same(second, frame, "an audio frame is read as it was written")
    }
    let rewritten = KugelCodec.encode(second, at: .stream)
    try same(rewritten.text, written.text, "a frame that was read is written as before")
  }
}
