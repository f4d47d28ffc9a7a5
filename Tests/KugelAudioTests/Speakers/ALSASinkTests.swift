import Glibc
import Testing

@testable import KugelAudio

@Suite struct ALSASinkTests {
  @Test func `all is played, then drained`() throws {
    let device = SimulatedDevice()
    let sink = ALSASink(target: "default", playing: device)
    let samples = noise(10_000)
    try sink.write(Array(samples[..<3000]), rate: 24_000)
    try sink.write(Array(samples[3000...]), rate: 24_000)
    try sink.finish()
    #expect(device.heard == samples)
    #expect(device.calls == ["drain"])
  }

  @Test func `a device that takes neither the rate nor mono gets its own`() throws {
    let device = SimulatedDevice(rate: 48_000, channels: 2)
    let sink = ALSASink(target: "default", playing: device)
    try sink.write(sine(1000, rate: 24_000, count: 12_001), rate: 24_000)
    try sink.finish()
    #expect(device.heard.count == 2 * 24_002)
    let left = stride(from: 0, to: device.heard.count, by: 2).map { device.heard[$0] }
    let right = stride(from: 1, to: device.heard.count, by: 2).map { device.heard[$0] }
    #expect(left == right)
    #expect(abs(decibels(amplitude(of: 1000, in: left, rate: 48_000) / 16_000)) < 0.1)
  }

  @Test func `after an underrun or a suspend nothing is missing`() throws {
    let device = SimulatedDevice()
    device.refusals = [-EPIPE, -EINTR, -ESTRPIPE]
    let sink = ALSASink(target: "default", playing: device)
    try sink.write(noise(2000), rate: 24_000)
    try sink.finish()
    #expect(device.heard == noise(2000))
    #expect(device.calls == ["prepare", "resume", "prepare", "drain"])
    #expect(sink.underruns == 1)
  }

  @Test func `a device that is unplugged is named with the cause`() throws {
    let device = SimulatedDevice()
    device.refusals = [-ENODEV]
    let sink = ALSASink(target: "usb", playing: device)
    #expect(throws: SinkError.failed(target: "usb", cause: "code \(-ENODEV)")) {
      try sink.write(noise(2000), rate: 24_000)
    }
    try sink.finish()
    #expect(device.calls == [])
  }

  @Test func `a cut drops what is under way and what comes after`() throws {
    let device = SimulatedDevice()
    let sink = ALSASink(target: "default", playing: device)
    try sink.write(noise(480), rate: 24_000)
    try sink.cut()
    try sink.write(noise(480), rate: 24_000)
    try sink.finish()
    #expect(device.heard.count == 480)
    #expect(device.calls == ["drop"])
  }

  @Test func `an interrupt ends a long write within a period, and then nothing drains`() throws {
    let device = SimulatedDevice()
    let sink = ALSASink(target: "default", playing: device)
    device.onWrite = sink.interrupter
    try sink.write(noise(24_000), rate: 24_000)
    #expect(device.heard.count == device.periodFrames)
    try sink.finish()
    #expect(device.calls == ["drop"])
  }
}
