/// Decodes a sound file as it comes, which only a library can.
package protocol SoundFileDecoder: AnyObject, Sendable {
  /// Mono, in play order: what can be made of all bytes so far; nil when they are no sound.
  func samples(of bytes: [UInt8]) -> [Int16]?
  /// Nothing more will come.
  func rest() -> [Int16]?
}

/// Makes decoders of files, for samples of so many Hz.
package typealias SoundFileMaker = @Sendable (_ rate: Int) -> any SoundFileDecoder
