import KugelText

/// Reads the messages of an ElevenLabs socket, and says in our messages what they mean.
///
/// Whatever brings timings begins a text chunk: in the order of the audio come its text, its samples
/// and its words. The final frame of a context closes it.
///
/// Source: ElevenLabs notes, sections 7.4, 7.8 and 8.3.
package struct ElevenLabsDecoder: ServiceReader {
  private struct Stream {
    /// Of the audio that comes; -1 before the first.
    var chunk = -1
    var frames = 0
    /// Of the chunk.
    var samples = 0
  }

  /// How audio travels: nothing in the messages tells.
  private let format: OutputFormat
  private let isFile: Bool
  private var streams: [String: Stream] = [:]

  package init(format: OutputFormat) {
    self.format = format
    isFile = format.isFile
  }

  /// - Parameter audio: half samples wait in it.
  package mutating func decode(_ message: [UInt8], audio: inout AudioDecoder) -> ServiceDecoding {
    unsafe message.withUnsafeBufferPointer { message in
      if let scanned = unsafe decodeScanned(message, &audio) { return scanned }
      return unsafe decodeAny(message, &audio)
    }
  }

  /// Nearly all that comes is such a message.
  private mutating func decodeScanned(
    _ message: UnsafeBufferPointer<UInt8>, _ audio: inout AudioDecoder
  ) -> ServiceDecoding? {
    guard !isFile, let scanned = unsafe ContextFrameScanner.scan(message) else { return nil }
    var samples: [Int16] = []
    if let text = scanned.audio {
      guard
        let decoded = unsafe audio.decode(
          UnsafeBufferPointer(rebasing: message[text]), encoding: format.encoding,
          context: scanned.context)
      else { return nil }
      samples = decoded
    }
    let messages = messages(
      scanned.times, isFinal: false, samples: samples, context: scanned.context)
    return .frames(messages.map { ServiceFrame($0, context: scanned.context) })
  }

  /// The way of every message that the scan does not take; for those it takes, the same result.
  mutating func decodeAny(
    _ message: UnsafeBufferPointer<UInt8>, _ audio: inout AudioDecoder
  ) -> ServiceDecoding {
    unsafe decoding(message) { fields in
      try ElevenLabsMessage(fields)
    } as: { body in
      if let error = body.error {
        return .frame(ServiceFrame(.error(error), context: body.context))
      }
      guard body.means else { return .unknown }
      let samples = try samples(of: body, &audio)
      let messages = messages(
        body.alignment, isFinal: body.isFinal, samples: samples, context: body.context)
      return .frames(messages.map { ServiceFrame($0, context: body.context) })
    }
  }

  private func samples(
    of body: ElevenLabsMessage, _ audio: inout AudioDecoder
  ) throws(FieldError) -> [Int16] {
    guard isFile else {
      guard let base64 = body.audio else { return [] }
      guard let samples = audio.decode(base64, encoding: format.encoding, context: body.context)
      else { throw FieldError(field: "audio", expected: "base64") }
      return samples
    }
    let samples = body.audio.map {
      audio.decodeFile($0, rate: format.rate, context: body.context)
    }
    guard let samples = samples ?? [] else {
      throw FieldError(field: "audio", expected: format.rawValue)
    }
    return samples + (body.isFinal ? audio.endFile(context: body.context) : [])
  }

  private mutating func messages(
    _ times: CharacterTimes?, isFinal: Bool, samples: [Int16], context: String?
  ) -> [ServiceMessage] {
    var stream = streams[context ?? ""] ?? Stream()
    var messages: [ServiceMessage] = []
    if let alignment = times {
      messages += complete(stream)
      stream.chunk += 1
      stream.samples = 0
      messages.append(.generationStarted(chunk: stream.chunk, text: alignment.text))
    }
    if !samples.isEmpty {
      stream.chunk = max(stream.chunk, 0)
      messages.append(
        .audio(
          AudioFrame(
            samples: samples, rate: format.rate, index: stream.frames, chunk: stream.chunk)))
      stream.frames += 1
      stream.samples += samples.count
    }
    if let words = times?.words, !words.isEmpty {
      messages.append(.wordTimes(words, chunk: stream.chunk))
    }
    guard isFinal else {
      streams[context ?? ""] = stream
      return messages
    }
    streams[context ?? ""] = nil
    return messages + complete(stream) + [.contextClosed(usage: nil)]
  }

  private func complete(_ stream: Stream) -> [ServiceMessage] {
    guard stream.chunk >= 0 else { return [] }
    let seconds = Double(stream.samples) / Double(format.rate)
    return [
      .chunkComplete(chunk: stream.chunk, audioSeconds: seconds, generationMilliseconds: 0)
    ]
  }
}
