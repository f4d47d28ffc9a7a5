import KugelAudio
import KugelWire
import Testing

@Suite struct G711FileTests {
  @Test(arguments: [AudioFormat.ulaw, .alaw])
  func `our coding of every sample is libsndfile's, both ways`(format: AudioFormat) throws {
    let folder = try TemporaryFolder()
    let samples = (Int(Int16.min)...Int(Int16.max)).map { Int16($0) }
    let path = folder.file("all")
    let sink = try FileSink(path: path, format: format, rate: 8000)
    try sink.write(samples, rate: 8000)
    try sink.finish()
    let ours = format == .ulaw ? G711.encodeMuLaw(samples) : G711.encodeALaw(samples)
    #expect(bytes(of: path) == ours)

    let wave = folder.file("all.wav")
    let header = try FileSink(
      path: wave, format: format == .ulaw ? .wavULaw : .wavALaw, rate: 8000)
    try header.write(samples, rate: 8000)
    try header.finish()
    let decoded = format == .ulaw ? G711.decodeMuLaw(ours) : G711.decodeALaw(ours)
    #expect(try Sound(wave).samples == decoded)
  }
}
