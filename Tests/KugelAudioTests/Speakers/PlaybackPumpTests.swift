import Glibc
import Testing

@testable import KugelAudio

@Suite struct PlaybackPumpTests {
  private static var remote: PlaybackSettings {
    var settings = PlaybackSettings()
    settings.cushion = PlaybackSettings.remoteCushion
    return settings
  }

  private func finish(_ bench: PlaybackBench) {
    (bench.feed.turnIsComplete, bench.feed.isFinished) = (true, true)
    bench.run(.seconds(60))
  }

  @Test func `what is given is heard to the last sample, whatever the device's clock and latency`()
  {
    for (drift, latency) in [(0.0, 0), (300, 480), (-300, 2400)] {
      let device = SimulatedDevice(latency: latency)
      device.drift = drift
      let bench = PlaybackBench(device)
      bench.offer(hum(50_001))
      bench.run(.seconds(1))
      finish(bench)
      #expect(bench.end == .ended)
      #expect(device.heard.sounding == hum(50_001).fadedIn().sounding)
      #expect(bench.playback.status.gaps == 0)
    }
  }

  @Test(arguments: [true, false])
  func `two channels stay beside one another, through a pause as well`(canRewind: Bool) {
    let device = SimulatedDevice(channels: 2)
    device.canRewind = canRewind
    let bench = PlaybackBench(device)
    let left = hum(40_000)
    let right = Array(left.reversed())
    bench.offer(zip(left, right).flatMap { [$0, $1] })
    bench.run(.milliseconds(700))
    bench.playback.pause()
    bench.run(.milliseconds(500))
    bench.playback.resume()
    bench.run(.milliseconds(100))
    finish(bench)
    #expect(bench.end == .ended)
    func heard(_ channel: Int) -> [Int16] {
      stride(from: channel, to: device.heard.count, by: 2).map { device.heard[$0] }
    }
    // Fades stand around the pause.
    for (channel, samples) in [left, right].enumerated() {
      #expect(Array(heard(channel).sounding.suffix(20_000)) == samples.suffix(20_000))
      #expect(
        heard(channel).sounding.starts(with: samples.prefix(10_000).map(\.self).fadedIn().sounding))
    }
    #expect(bench.heardSeconds == 40_000.0 / 24_000)
  }

  @Test func `the device plays silence while the service is waited for`() {
    let bench = PlaybackBench(settings: Self.remote)
    bench.run(.milliseconds(500))
    #expect((11_000...13_000).contains(bench.device.heard.count))
    #expect(bench.device.heard.allSatisfy { $0 == 0 })
    #expect(bench.playback.status.phase == .waiting)
    bench.offer(hum(2880))
    bench.run(.milliseconds(60))
    #expect(bench.device.heard.contains { $0 != 0 })
  }

  @Test func `sound made in this process is the first thing that is heard`() {
    let bench = PlaybackBench()
    bench.run(.milliseconds(12))
    #expect(bench.device.heard.isEmpty)
    bench.offer(hum(4800))
    bench.run(.milliseconds(10))
    #expect(bench.device.heard.prefix(10).contains { $0 != 0 })
    finish(bench)
    #expect(bench.device.heard.prefix(4800) == hum(4800).fadedIn()[...])
  }

  @Test(arguments: [264, 480, 1200])
  func `nobody waits for silence that leads the first sound`(frames: Int) {
    let bench = PlaybackBench()
    bench.offer([Int16](repeating: 0, count: frames))
    bench.offer(hum(4800))
    finish(bench)
    let skipped = min(frames, 480)
    let first = bench.device.heard.firstIndex { $0 != 0 } ?? 0
    #expect((frames - skipped...frames - skipped + 5).contains(first))
    #expect(bench.device.heard.sounding.suffix(4600) == hum(4800).suffix(4600))
    // What was passed over counts as heard.
    #expect(bench.heardSeconds == Double(frames + 4800) / 24_000)
  }

  @Test func `where text is still to come the device plays silence meanwhile`() {
    let bench = PlaybackBench()
    bench.run(.milliseconds(500))
    #expect((8000...10_000).contains(bench.device.heard.count))
    bench.offer(hum(4800))
    finish(bench)
    #expect(bench.device.heard.sounding == hum(4800).fadedIn().sounding)
  }

  @Test func `sound waits for its cushion, but not longer than the cushion is long`() {
    let bench = PlaybackBench(settings: Self.remote)
    bench.run(.milliseconds(100))
    bench.offer(hum(480))
    bench.run(.milliseconds(110))
    #expect(bench.playback.status.phase == .waiting)
    bench.run(.milliseconds(20))
    #expect(bench.playback.status.phase == .speaking)
  }

  @Test(arguments: [
    (PlaybackSettings.Prebuffer.atLeast(.milliseconds(300)), 7200), (.all, 20_000),
  ])
  func `a prebuffer holds until it is full`(prebuffer: PlaybackSettings.Prebuffer, frames: Int) {
    var settings = PlaybackSettings()
    settings.prebuffer = prebuffer
    let bench = PlaybackBench(settings: settings)
    bench.offer(hum(frames - 1))
    bench.run(.seconds(5))
    #expect(bench.playback.status.phase == .waiting)
    bench.offer([7])
    bench.feed.turnIsComplete = prebuffer == .all
    bench.run(.milliseconds(50))
    #expect(bench.device.heard.contains { $0 != 0 })
  }

  @Test func `a lead-in is silence of that length, also on a device that takes all at once`() {
    var settings = PlaybackSettings()
    settings.leadIn = .milliseconds(700)
    for isPaced in [true, false] {
      let bench = PlaybackBench(SimulatedDevice(isPaced: isPaced), settings: settings)
      bench.offer(hum(4800))
      finish(bench)
      #expect(bench.device.heard.firstIndex { $0 != 0 } ?? 0 >= 16_800)
      #expect(bench.device.heard.sounding == hum(4800).fadedIn().sounding)
    }
  }

  @Test func `bursts within 100 ms of their time are heard without a gap`() {
    let bench = PlaybackBench(settings: Self.remote)
    let samples = hum(24_000 * 20)
    // 40 ms of sound each 40 ms, each up to 100 ms late.
    var late = 0
    for index in 0..<500 {
      let due = index * 40 + (index * 37) % 5 * 25
      if due > late { bench.run(.milliseconds(due - late)) }
      late = max(late, due)
      bench.offer(Array(samples[index * 960..<(index + 1) * 960]))
    }
    finish(bench)
    #expect(bench.playback.status.gaps == 0)
    #expect(bench.device.heard.sounding == samples.fadedIn().sounding)
  }

  @Test func `bursts 400 ms late break the sound, the cushion grows, then it holds`() {
    let bench = PlaybackBench(settings: Self.remote)
    bench.playback.textIsComplete = true
    var gaps: [Int] = []
    for round in 0..<40 {
      for _ in 0..<10 {
        bench.offer(hum(2400))
        bench.run(.milliseconds(100))
      }
      bench.run(.milliseconds(400))
      for _ in 0..<4 { bench.offer(hum(2400)) }
      if round % 10 == 9 { gaps.append(bench.playback.status.gaps) }
    }
    #expect((1...6).contains(gaps[0]))
    #expect(gaps[3] == gaps[0])
    #expect(bench.playback.status.cushion > PlaybackSettings.remoteCushion)
    #expect(bench.playback.status.cushion <= PlaybackSettings.longestCushion)
    finish(bench)
    #expect(bench.heardSeconds == 56)
  }

  @Test func `a writer who pauses is no gap, and leaves the cushion alone`() {
    let bench = PlaybackBench(settings: Self.remote)
    for _ in 0..<5 {
      bench.offer(hum(24_000))
      bench.run(.seconds(3))
    }
    #expect(bench.playback.status.gaps == 0)
    #expect(bench.playback.status.cushion == PlaybackSettings.remoteCushion)
  }

  @Test func `between turns silence keeps the device warm, then it sleeps, then it wakes`() {
    var settings = Self.remote
    settings.keepWarm = .seconds(2)
    let bench = PlaybackBench(settings: settings)
    for turn in 1...3 {
      bench.offer(hum(12_000))
      bench.feed.turnIsComplete = true
      bench.run(.seconds(2))
      #expect(bench.device.calls.filter { $0 == "drop" }.count == turn - 1)
      let heard = bench.device.heard.count
      bench.run(.seconds(4))
      #expect(bench.device.heard.count < heard + 36_000)
      #expect(bench.device.calls.filter { $0 == "drop" }.count == turn)
    }
    #expect(bench.playback.status.gaps == 0)
    #expect(bench.heardSeconds == 1.5)
    finish(bench)
    #expect(bench.end == .ended)
  }

  @Test func `a program kept from running loses nothing`() {
    let bench = PlaybackBench(settings: Self.remote)
    bench.playback.textIsComplete = true
    bench.offer(hum(48_000))
    bench.run(.milliseconds(500))
    bench.stall(.milliseconds(400))
    finish(bench)
    #expect(bench.device.heard.sounding == hum(48_000).fadedIn().sounding)
    #expect(bench.playback.status.gaps == 1)
    #expect(bench.playback.status.cushion == .milliseconds(220))
  }

  @Test func `after a suspend the sound goes on where it stopped`() {
    let bench = PlaybackBench()
    bench.offer(hum(48_000))
    bench.run(.milliseconds(500))
    bench.stall(.milliseconds(37))
    bench.device.suspend()
    bench.stall(.seconds(3600))
    finish(bench)
    #expect(bench.device.calls.prefix(2) == ["resume", "prepare"])
    #expect(bench.device.heard.sounding == hum(48_000).fadedIn().sounding)
    #expect(bench.playback.status.gaps == 0)
    #expect(bench.end == .ended)
  }

  @Test func `a lost device is replaced once, and nothing is missing`() {
    let other = SimulatedDevice()
    let bench = PlaybackBench(substitute: other)
    bench.offer(hum(48_000))
    bench.run(.milliseconds(500))
    bench.device.refusals = [-ENODEV]
    (bench.feed.turnIsComplete, bench.feed.isFinished) = (true, true)
    bench.run(.seconds(5), also: other)
    #expect(bench.end == .ended)
    #expect(other.heard.suffix(36_000) == hum(48_000).suffix(36_000))
    #expect(bench.device.heard.count + other.heard.count >= 48_000)
    #expect(bench.playback.status.substitute == "default")
  }

  @Test func `a lost device without another is a failure in the device's words`() {
    let bench = PlaybackBench()
    bench.offer(hum(48_000))
    bench.run(.milliseconds(500))
    bench.device.refusals = [-ENODEV]
    bench.run(.seconds(1))
    #expect(bench.end == .failed("code \(-ENODEV)"))
  }

  @Test(arguments: [true, false])
  func `a cut is silence within 50 ms, with a fade where the device allows`(canRewind: Bool) {
    let bench = PlaybackBench()
    bench.device.canRewind = canRewind
    bench.offer([Int16](repeating: 10_000, count: 48_000))
    bench.run(.milliseconds(500))
    let heard = bench.device.heard.count
    bench.feed.isCut = true
    bench.run(.milliseconds(50))
    #expect(bench.end == .ended)
    let after = bench.device.heard[heard...]
    #expect(after.count <= 1200)
    #expect(bench.device.calls.last == "drop")
    if canRewind {
      #expect(after.last == 0)
      #expect(after.filter { (1...9999).contains($0) }.count > 100)
    }
  }

  @Test(arguments: [true, false])
  func `a pause loses nothing and stops the clock`(canRewind: Bool) {
    let bench = PlaybackBench()
    bench.device.canRewind = canRewind
    bench.offer(hum(48_000))
    bench.run(.milliseconds(500))
    bench.playback.pause()
    bench.run(.milliseconds(50))
    let (heard, at) = (bench.device.heard.count, bench.heardSeconds)
    #expect((0.4...0.52).contains(at))
    bench.run(.seconds(30))
    #expect(bench.device.heard.count == heard)
    #expect(bench.heardSeconds == at)
    #expect(bench.playback.status.phase == .paused)
    bench.playback.resume()
    finish(bench)
    #expect(bench.device.heard.suffix(30_000) == hum(48_000).suffix(30_000))
    let sounds = bench.device.heard.filter { $0 != 0 }.count
    #expect((47_990...48_000).contains(sounds))
    #expect(bench.heardSeconds == 2)
  }

  @Test func `a hush drops what is old and plays what is new`() {
    let bench = PlaybackBench()
    bench.device.canRewind = false
    bench.offer([Int16](repeating: 5, count: 48_000))
    bench.run(.milliseconds(500))
    bench.playback.hush()
    bench.run(.milliseconds(10))
    let at = bench.heardSeconds
    bench.offer([Int16](repeating: 6, count: 4800))
    bench.run(.milliseconds(300))
    #expect(!bench.device.heard.contains(6))
    bench.playback.hushes.answer(freshFrom: bench.ring.end)
    bench.offer([Int16](repeating: 7000, count: 4800))
    finish(bench)
    #expect(bench.device.heard.filter { $0 == 5 }.count <= 12_000)
    #expect(!bench.device.heard.contains(6))
    #expect(bench.device.heard.sounding.suffix(4600) == [Int16](repeating: 7000, count: 4600)[...])
    #expect(abs(bench.heardSeconds - at - 0.2) < 0.001)
  }

  @Test func `what is heard after a hush is counted from it, whatever was taken for heard before`()
  {
    let bench = PlaybackBench()
    let clock = bench.playback.clock
    bench.offer([Int16](repeating: 5, count: 48_000))
    bench.run(.milliseconds(500))
    // The clock runs on where the device has stopped.
    let guess = clock.heardSamples(rate: 24_000, after: 0, at: bench.now + .milliseconds(100))
    bench.playback.hush()
    bench.run(.milliseconds(50))
    #expect(clock.heardSamples(rate: 24_000, after: 0, at: bench.now) != guess)
    #expect(clock.heardSamples(rate: 24_000, after: 1, at: bench.now) == 0)
    bench.playback.hushes.answer(freshFrom: bench.ring.end)
    bench.offer([Int16](repeating: 7000, count: 4800))
    finish(bench)
    #expect(clock.heardSamples(rate: 24_000, after: 1, at: bench.now) == 4800)
    #expect(clock.heardSamples(rate: 24_000, after: 2, at: bench.now) == 0)
  }

  @Test func `the clock is what the ear has heard, at every moment`() {
    let bench = PlaybackBench(SimulatedDevice(latency: 960))
    bench.run(.milliseconds(300))
    bench.offer(hum(24_000))
    for _ in 0..<80 {
      bench.run(.milliseconds(10))
      let sounds = bench.device.heard.filter { $0 != 0 }.count
      let expected = Double(max(0, sounds - 960)) / 24_000
      #expect(abs(bench.heardSeconds - expected) < 0.003)
    }
  }

  @Test func `a volume of minus six decibels halves the samples`() {
    let bench = PlaybackBench(volume: -20 * log10(2))
    bench.offer([Int16](repeating: 10_000, count: 4800))
    finish(bench)
    #expect(bench.device.heard.suffix(2000).allSatisfy { abs(Int($0) - 5000) <= 2 })
  }

  @Test func `nothing to say makes no sound and ends at once`() {
    let bench = PlaybackBench()
    bench.feed.isFinished = true
    bench.run(.seconds(1))
    #expect(bench.end == .ended)
    #expect(bench.device.heard.isEmpty)
  }

  @Test func `sinks of any speed get the same samples`() {
    for (isPaced, takesMemory) in [(true, true), (true, false), (false, true), (false, false)] {
      let bench = PlaybackBench(SimulatedDevice(isPaced: isPaced))
      bench.device.takesMemory = takesMemory
      for _ in 0..<10 {
        bench.offer(hum(3000))
        bench.run(.milliseconds(70))
      }
      finish(bench)
      let all = (0..<10).flatMap { _ in hum(3000) }
      #expect(bench.device.heard.sounding == all.fadedIn().sounding)
    }
  }
}
