@testable import KugelWire

extension FuzzTarget {
  /// Messages of a client, at each endpoint: what is read against what is written of it and read
  /// again; and whatever is read has settings that the validator can judge.
  static let clientFrames = FuzzTarget("client-frames") { input in
    for message in input.messages {
      for endpoint in [Endpoint.tts, .stream, .multi] {
        guard let frame = try? KugelCodec.decodeClientFrame(message, at: endpoint) else { continue }
        _ = try? RequestValidator.check(frame.settings)
        if let update = frame.update { _ = try? RequestValidator.check(update) }
        guard let written = KugelCodec.encode(frame, at: endpoint) else { continue }
        let second: ClientFrame
        do {
          second = try KugelCodec.decodeClientFrame(written, at: endpoint)
        } catch {
          throw Finding(description: "what was written is refused: \(written.text): \(error)")
        }
        try same(second.text ?? "", frame.text ?? "", "text is read as it was written")
        try same(
          [second.flush, second.cancel, second.closeContext, second.keepAlive],
          [frame.flush, frame.cancel, frame.closeContext, frame.keepAlive],
          "flags are read as they were written")
        try same(
          KugelCodec.encode(second, at: endpoint)?.text ?? "", written.text,
          "a frame that was read is written as before")
      }
    }
  }
}
