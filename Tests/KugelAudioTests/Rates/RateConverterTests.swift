import KugelAudio
import Testing

@Suite struct RateConverterTests {
  private func convert(
    _ samples: [Int16], _ from: Int, _ to: Int, block: Int,
    quality: RateConverter.Quality = .high
  ) throws -> [Int16] {
    let converter = try #require(RateConverter(from: from, to: to, quality: quality))
    var output: [Int16] = []
    for start in stride(from: 0, to: samples.count, by: block) {
      output += converter.convert(Array(samples[start..<min(start + block, samples.count)]))
    }
    return output + converter.flush()
  }

  @Test(arguments: [
    (22_050, 24_000), (24_000, 8000), (24_000, 48_000), (24_000, 44_100), (16_000, 24_000),
    (8000, 192_000), (192_000, 8000), (24_000, 23_999),
  ])
  func `output is as long as input, to the nearest sample`(from: Int, to: Int) throws {
    for count in [0, 1, 2, 7, 480, 1081, 50_001] {
      for block in [1081, 100_000] {
        let output = try convert(noise(count), from, to, block: block)
        let expected = (Double(count) * Double(to) / Double(from)).rounded()
        #expect(output.count == Int(expected), "\(count) samples in blocks of \(block)")
      }
    }
  }

  @Test(arguments: [(22_050, 24_000), (24_000, 8000), (24_000, 48_000), (22_050, 8000)])
  func `a tone in the band survives within 0.1 dB and throws no image`(
    from: Int, to: Int
  ) throws {
    let output = try convert(sine(1000, rate: from, count: from), from, to, block: 1081)
    #expect(abs(decibels(amplitude(of: 1000, in: output, rate: to) / 16_000)) < 0.1)
    // Where a converter without a filter would repeat the band of the lower rate.
    let mirror = Double(min(from, to)) - 1000
    if mirror < Double(to) / 2 {
      #expect(decibels(amplitude(of: mirror, in: output, rate: to) / 16_000) < -80)
    }
  }

  @Test func `the band of a telephone is kept whole`() throws {
    let output = try convert(sine(3400, rate: 24_000, count: 24_000), 24_000, 8000, block: 480)
    #expect(abs(decibels(amplitude(of: 3400, in: output, rate: 8000) / 16_000)) < 0.1)
  }

  @Test(arguments: [5000.0, 7000, 9000, 11_000])
  func `a tone above the band does not come back as another`(hertz: Double) throws {
    let input = sine(hertz, rate: 24_000, count: 24_000)
    let output = try convert(input, 24_000, 8000, block: 480)
    let alias = abs(hertz - 8000 * (hertz / 8000).rounded())
    #expect(decibels(amplitude(of: alias, in: output, rate: 8000) / 16_000) < -80)
  }

  @Test(arguments: [9000.0, 10_000])
  func `a tone of speech's upper end does not come back above the old band`(hertz: Double) throws {
    let output = try convert(
      sine(hertz, rate: 22_050, count: 22_050), 22_050, 24_000, block: 1081)
    #expect(decibels(amplitude(of: 22_050 - hertz, in: output, rate: 24_000) / 16_000) < -80)
    #expect(abs(decibels(amplitude(of: hertz, in: output, rate: 24_000) / 16_000)) < 0.1)
  }

  @Test(arguments: RateConverter.Quality.allCases)
  func `silence stays silent, and equal input gives equal output`(
    quality: RateConverter.Quality
  ) throws {
    let silence = try convert(
      .init(repeating: 0, count: 20_000), 22_050, 24_000, block: 999, quality: quality)
    #expect(silence.allSatisfy { $0 == 0 })
    let once = try convert(noise(20_000), 22_050, 24_000, block: 999, quality: quality)
    #expect(try convert(noise(20_000), 22_050, 24_000, block: 20_000, quality: quality) == once)
  }
}
