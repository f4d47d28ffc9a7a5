/// Reads the messages of one socket, in the protocol of its service.
package struct ServiceDecoder: Sendable {
  private var audio: AudioDecoder
  private var reader: any ServiceReader

  /// - Parameters:
  ///   - codec: of the protocol.
  ///   - settings: those the socket was opened with; they say how audio travels where messages do not.
  ///   - defaultRate: Hz of audio that does not say.
  ///   - files: for sound that only a library reads.
  package init(
    _ codec: any SocketCodec, settings: TurnSettings, defaultRate: Int = 24_000,
    files: SoundFileMaker? = nil
  ) {
    audio = AudioDecoder(files: files)
    reader = codec.reader(settings: settings, defaultRate: defaultRate)
  }

  package mutating func decode(_ message: [UInt8]) -> ServiceDecoding {
    reader.decode(message, audio: &audio)
  }

  /// Forgets the half sample of a turn that is over.
  package mutating func endAudio(of context: String?) { audio.reset(context: context) }
}
