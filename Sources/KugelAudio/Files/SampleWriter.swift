/// What puts samples into a file in the making. Ends the file when it is let go of.
protocol SampleWriter: AnyObject {
  /// - Returns: how many of the samples were taken; fewer than given is a failure.
  func write(_ samples: [Int16]) -> Int

  /// Makes the header tell of all that is written so far, where the format has such a header.
  func updateHeader()

  /// Why a call fell short.
  var cause: String { get }
}

extension AudioFormat {
  /// - Parameters:
  ///   - file: empty.
  ///   - rate: Hz; one that the format holds.
  ///   - channels: interleaved in what is written.
  func writer(
    into file: VirtualFile, rate: Int, channels: Int
  ) throws(SoundError) -> any SampleWriter {
    storesSamplesAsTheyAre
      ? try PlainWriter(into: file, format: self, rate: rate, channels: channels)
      : try SoundWriter(into: file, format: self, rate: rate, channels: channels)
  }
}
