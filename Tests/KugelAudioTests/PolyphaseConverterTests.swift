import CPolyphase
import Foundation
import Testing

@testable import KugelAudio

@Suite struct PolyphaseConverterTests {
  private func sine(_ frequency: Double, rate: Int, count: Int) -> [Int16] {
    (0..<count).map { Int16(16_000 * sin(2 * .pi * frequency * Double($0) / Double(rate))) }
  }

  /// Level of the sine in dB against 16,000, and of everything else against the sine.
  private func measure(_ samples: [Int16], frequency: Double, rate: Int) -> (Double, Double) {
    // Whole periods of every frequency asked for.
    let part = samples[2000..<14_000]
    var (s, c, energy) = (0.0, 0.0, 0.0)
    for (index, sample) in zip(part.indices, part) {
      let angle = 2 * .pi * frequency * Double(index) / Double(rate)
      s += Double(sample) * sin(angle)
      c += Double(sample) * cos(angle)
      energy += Double(sample) * Double(sample)
    }
    let count = Double(part.count)
    let power = 2 * (s * s + c * c) / (count * count)
    return (
      10 * log10(power * 2 / (16_000 * 16_000)),
      10 * log10(max(energy / count - power, 1e-9) / power)
    )
  }

  @Test(arguments: [100.0, 1000, 4000, 8000])
  func `a tone keeps its level and gets no company`(frequency: Double) throws {
    let converter = try #require(PolyphaseConverter(from: 22_050, to: 24_000))
    let output =
      converter.convert(sine(frequency, rate: 22_050, count: 22_050)) + converter.flush()
    let (level, rest) = measure(output, frequency: frequency, rate: 24_000)
    #expect(abs(level) < 0.1)
    #expect(rest < -76)
  }

  @Test func `a tone is where it was in time`() throws {
    let converter = try #require(PolyphaseConverter(from: 22_050, to: 24_000))
    let output = converter.convert(sine(500, rate: 22_050, count: 22_050)) + converter.flush()
    for index in stride(from: 1000, to: 23_000, by: 997) {
      let expected = 16_000 * sin(2 * .pi * 500 * Double(index) / 24_000)
      #expect(abs(Double(output[index]) - expected) < 8)
    }
  }

  @Test func `pieces make the same samples as the whole, as many as the ratio says`() throws {
    var random = SystemRandomNumberGenerator()
    for count in [0, 1, 2, 47, 147, 148, 5000] {
      let input = (0..<count).map { _ in Int16.random(in: -20_000...20_000, using: &random) }
      let whole = try #require(PolyphaseConverter(from: 22_050, to: 24_000))
      let expected = whole.convert(input) + whole.flush()
      #expect(expected.count == Int((Double(count) * 24_000 / 22_050).rounded()))
      let pieces = try #require(PolyphaseConverter(from: 22_050, to: 24_000))
      var output: [Int16] = []
      var rest = input[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...300, using: &random))
        output += pieces.convert(Array(piece))
        rest = rest.dropFirst(piece.count)
      }
      #expect(output + pieces.flush() == expected)
    }
  }

  @Test func `the loudest input is clipped, not wrapped`() throws {
    let converter = try #require(PolyphaseConverter(from: 22_050, to: 24_000))
    let input = (0..<2000).map { $0 / 100 % 2 == 0 ? Int16.max : Int16.min }
    let output = converter.convert(input) + converter.flush()
    for plateau in 0..<20 {
      let middle = (plateau * 100 + 50) * 160 / 147
      #expect((output[middle] > 0) == (plateau % 2 == 0))
      #expect(abs(Int(output[middle])) > 32_000)
    }
    #expect(output.contains(Int16.max) && output.contains(Int16.min))
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 299, 300])
  func `the fast way and the plain one agree`(count: Int) {
    var random = SystemRandomNumberGenerator()
    let input = (0..<400).map { _ in Int16.random(in: .min ... .max, using: &random) }
    let filter = (0..<(160 * 48)).map { _ in Int16.random(in: -2000...2000, using: &random) }
    var (fast, plain) = ([Int16](repeating: 0, count: count), [Int16](repeating: 0, count: count))
    var (fastPhase, plainPhase) = (5, 5)
    let fastPassed = unsafe kugel_polyphase(input, filter, 160, 147, &fastPhase, &fast, count)
    let plainPassed = unsafe kugel_polyphase_baseline(
      input, filter, 160, 147, &plainPhase, &plain, count)
    #expect(fastPassed == plainPassed && fastPhase == plainPhase)
    #expect(fast == plain)
  }

  /// Each sample as loud as it can be, with the sign of its coefficient or against it.
  @Test(arguments: [Int16.max, .min])
  func `no input overflows`(end: Int16) {
    let filter = (0..<48).map { tap -> Int16 in tap % 3 == 0 ? -2700 : 2700 }
    let input = filter.map { ($0 > 0) == (end > 0) ? Int16.max : .min }
    var (fast, plain) = ([Int16](repeating: 0, count: 4), [Int16](repeating: 0, count: 4))
    var (fastPhase, plainPhase) = (0, 0)
    let twice = input + input
    _ = unsafe kugel_polyphase(twice, filter + filter, 2, 1, &fastPhase, &fast, 4)
    _ = unsafe kugel_polyphase_baseline(twice, filter + filter, 2, 1, &plainPhase, &plain, 4)
    #expect(fast[0] == end && fast[1] == end)
    #expect(fast == plain)
  }

  @Test func `other ratios are left to the library`() {
    #expect(PolyphaseConverter(from: 24_000, to: 8000) == nil)
    #expect(PolyphaseConverter(from: 22_050, to: 44_101) == nil)
  }
}
