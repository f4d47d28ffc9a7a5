/// Reads the messages of one socket, in the dialect of its service.
package struct ServiceDecoder: Sendable {
  private var audio = AudioDecoder()
  private let defaultRate: Int
  /// nil: the service speaks KugelAudio's protocol.
  private var elevenLabs: ElevenLabsDecoder?

  /// - Parameter settings: those the socket was opened with; they say how audio travels where messages
  ///   do not.
  package init(_ dialect: Dialect, settings: TurnSettings, defaultRate: Int = 24_000) {
    self.defaultRate = defaultRate
    if dialect == .elevenLabs { elevenLabs = ElevenLabsDecoder(format: settings.elevenLabsFormat) }
  }

  package mutating func decode(_ message: [UInt8]) -> ServiceDecoding {
    elevenLabs?.decode(message, audio: &audio)
      ?? KugelCodec.decodeServiceFrame(message, audio: &audio, defaultRate: defaultRate)
  }

  /// Forgets the half sample of a turn that is over.
  package mutating func endAudio(of context: String?) { audio.reset(context: context) }
}
