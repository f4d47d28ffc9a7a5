import Foundation
import Testing

@testable import KugelAudio

@Suite struct PeakLimiterTests {
  private static let rate = 24_000

  /// A voice of 200 Hz that is quiet, with loud moments.
  private static let sound: [Int16] = (0..<rate).map { index in
    let time = Double(index) / Double(rate)
    let isLoud = (index / 3000) % 4 == 2
    let tone = sin(time * 2 * .pi * 200) + 0.6 * sin(time * 2 * .pi * 7_301)
    return Int16(tone * (isLoud ? 15_000 : 1_500))
  }

  private func limited(_ sound: [Int16], factor: Double, ceiling: Double, pieces: Int) -> [Int16] {
    var limiter = PeakLimiter(factor: factor, ceiling: ceiling, rate: Self.rate)
    var output: [Int16] = []
    for start in stride(from: 0, to: sound.count, by: pieces) {
      output += limiter.process(Array(sound[start..<min(sound.count, start + pieces)]))
    }
    return output + limiter.finish()
  }

  @Test(arguments: [0, 1, 7, 119, 120, 121, 500])
  func `as many samples come as went in`(count: Int) {
    let made = limited(Array(Self.sound.prefix(count)), factor: 3, ceiling: 0.5, pieces: 64)
    #expect(made.count == count)
  }

  @Test func `what is below the ceiling is only raised`() {
    let made = limited(Self.sound.map { $0 / 16 }, factor: 4, ceiling: 0.9, pieces: 1000)
    #expect(made == Self.sound.map { Int16((Float($0 / 16) * 4).rounded()) })
  }

  @Test(arguments: [1, 63, 1000, 100_000])
  func `it does not matter how the sound comes`(pieces: Int) {
    let made = limited(Self.sound, factor: 2.5, ceiling: 0.891, pieces: pieces)
    let whole = limited(Self.sound, factor: 2.5, ceiling: 0.891, pieces: Self.sound.count)
    // Sums of gains are rounded elsewhere.
    #expect(zip(made, whole).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
  }

  @Test(arguments: [(1.5, 0.891), (2.5, 0.891), (6.0, 0.5), (30.0, 0.7)])
  func `no peak is above the ceiling, not between samples either`(factor: Double, ceiling: Double) {
    let made = limited(Self.sound, factor: factor, ceiling: ceiling, pieces: 4096)
    let meter = LoudnessMeter(rate: Self.rate)
    meter?.add(made)
    // libebur128 looks between samples by a filter of its own.
    #expect((meter?.truePeak ?? 0) <= ceiling * 1.02)
    #expect(made.map(\.magnitude).max().map(Double.init) ?? 0 <= ceiling * 32_768 + 1)
  }

  @Test func `loud moments are lowered, and the rest is not`() {
    let made = limited(Self.sound, factor: 2.5, ceiling: 0.891, pieces: 4096)
    // The beginning of the second: nothing loud within its reach.
    for index in 0..<5_000 {
      #expect(abs(Int(made[index]) - Int((Float(Self.sound[index]) * 2.5).rounded())) <= 1)
    }
    // The loud moment stays as loud as it may be.
    let loud = made[6_500..<8_500].map(\.magnitude).max() ?? 0
    #expect(Double(loud) > 0.8 * 0.891 * 32_768)
  }

  @Test func `a single click is found ahead`() {
    var sound = [Int16](repeating: 1000, count: 2000)
    sound[1000] = 32_000
    let made = limited(sound, factor: 2, ceiling: 0.5, pieces: 2000)
    #expect(made[1000] <= 16_384)
    #expect(made[500] == 2000)
    // It goes down over 5 ms, not at once.
    #expect(made[990] < 2000 && made[900] > made[990])
  }
}
