import KugelAudio
import Testing

@Suite struct AudioFormatTests {
  @Test(arguments: [
    ("a.wav", AudioFormat.wav), ("dir.mp3/a.WAV", .wav), ("a.au", .au), ("a.flac", .flac),
    ("a.opus", .opus), ("a.ogg", .opus), ("a.mp3", .mp3), ("a.raw", .raw), ("a.pcm", .raw),
    ("a.ulaw", .ulaw), ("a.ul", .ulaw), ("a.b.alaw", .alaw), ("/x/a.al", .alaw),
  ])
  func `an extension names a format`(path: String, format: AudioFormat) {
    #expect(AudioFormat(path: path) == format)
  }

  @Test(arguments: ["a", "a.", "a.xyz", ".wav", "dir.wav/a", "", "-", "/dev/null", "a.wav/"])
  func `another name names none`(path: String) {
    #expect(AudioFormat(path: path) == nil)
  }

  @Test func `format names are those of the flag`() {
    #expect(
      AudioFormat.allCases.map(\.rawValue) == [
        "wav", "wav-ulaw", "wav-alaw", "au", "flac", "opus", "mp3", "raw", "ulaw", "alaw",
      ])
  }

  @Test func `telephone formats are 8 kHz unless told otherwise, others the source's`() {
    for format in AudioFormat.allCases {
      #expect(format.rate(forSource: 24_000) == (format.isG711 ? 8000 : 24_000))
    }
    #expect(AudioFormat.wav.rate(forSource: 22_050) == 22_050)
    #expect(AudioFormat.opus.rate(forSource: 22_050) == 24_000)
    #expect(AudioFormat.mp3.rate(forSource: 96_000) == 48_000)
  }

  @Test func `a format takes its own rates only, and says which`() {
    #expect(AudioFormat.opus.holds(rate: 48_000))
    #expect(!AudioFormat.opus.holds(rate: 22_050))
    #expect(AudioFormat.mp3.holds(rate: 22_050))
    #expect(!AudioFormat.mp3.holds(rate: 96_000))
    #expect(AudioFormat.ulaw.holds(rate: 16_000))
    #expect(!AudioFormat.wav.holds(rate: 0))
    #expect(AudioFormat.opus.rateChoices == "8000, 12000, 16000, 24000 or 48000 Hz")
    #expect(AudioFormat.raw.rateChoices == "1000 to 192000 Hz")
  }
}
