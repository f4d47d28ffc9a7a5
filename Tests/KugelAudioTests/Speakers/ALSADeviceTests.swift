import Testing

@testable import KugelAudio

/// The real library, on devices that need no card.
@Suite(.serialized) struct ALSADeviceTests {
  /// Silence goes first, in any case and always the same.
  private func player(on device: String) throws -> Player {
    var settings = PlaybackSettings()
    settings.cushion = PlaybackSettings.remoteCushion
    return try Player(device: device, playback: PlaybackControl(settings: settings))
  }

  @Test func `ALSA records what the sink plays, sample by sample`() throws {
    let folder = try TemporaryFolder()
    let samples = noise(30_001)
    var sink: Player? = try player(on: "file:'\(folder.file("out"))',raw")
    try sink?.write(samples, rate: 24_000)
    try sink?.finish()
    sink = nil
    // A period of silence wakes the device; the first 5 ms rise.
    let written = [Int16](repeating: 0, count: 480) + samples.fadedIn()
    let expected = written.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    #expect(bytes(of: folder.file("out")) == expected)
  }

  @Test func `two channels reach ALSA beside one another`() throws {
    let folder = try TemporaryFolder()
    let (left, right) = (hum(10_000), Array(hum(10_000).reversed()))
    var sink: Player? = try Player(device: "file:'\(folder.file("out"))',raw", channels: 2)
    try sink?.write(zip(left, right).flatMap { [$0, $1] }, rate: 24_000)
    try sink?.finish()
    sink = nil
    let written = zip(left.fadedIn(), right.fadedIn()).flatMap { [$0, $1] }
    let expected = written.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    #expect(bytes(of: folder.file("out")) == expected)
  }

  @Test func `a device asked for 22.05 kHz and given 24 kHz converts`() throws {
    let folder = try TemporaryFolder()
    var sink: Player? = try player(on: "file:'\(folder.file("out"))',raw")
    try sink?.write(noise(22_050), rate: 22_050)
    try sink?.finish()
    sink = nil
    #expect(bytes(of: folder.file("out")).count == 960 + 48_000)
  }

  @Test(arguments: ["no-such-device", "hw:99", ""])
  func `a device that is absent is named with ALSA's reason`(name: String) {
    let error = #expect(throws: SinkError.self) { try Player(device: name) }
    guard case .failed(name, let cause)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!cause.isEmpty)
  }

  @Test func `the list of devices has names that can be opened`() throws {
    let names = ALSADevices.list().map(\.name)
    #expect(names.contains("null"))
    _ = try Player(device: "null")
  }
}
