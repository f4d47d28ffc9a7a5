import Testing

@testable import KugelMeasure

@Suite struct BootstrapTests {
  /// The first numbers for the seed 1234567, as Rosetta Code lists them for SplitMix64.
  @Test func `the generator is the published one`() {
    var generator = SplitMix(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  /// Efron and Tibshirani 1993, table 2.2: the standard error of the median of the seven treated mice is
  /// 37.83 for infinitely many draws.
  @Test func `the spread of the median of the mice is Efron's`() {
    let mice = [94.0, 197, 16, 38, 99, 141, 23]
    var generator = SplitMix(seed: 1)
    let bootstrap = Bootstrap(groups: mice.map { [$0] })
    let medians = (0..<20).flatMap { _ in bootstrap.percentiles([50], using: &generator)[0] }
    #expect(medians.count == 20 * Bootstrap.resamples)
    let mean = medians.reduce(0, +) / Double(medians.count)
    let variance = medians.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(medians.count)
    #expect(abs(variance.squareRoot() - 37.83) < 0.5)
  }

  /// The share of draws whose percentile is at most the j-th value is a binomial tail, exactly.
  @Test(arguments: [(20, 50.0), (20, 95), (101, 50), (40, 95)])
  func `intervals are those of infinitely many draws, but for one rank`(
    count: Int, percent: Double
  ) throws {
    let rank = NearestRank.rank(percent, of: count)
    func share(upTo value: Int) -> Double {
      let p = Double(value) / Double(count)
      return (rank...count).map { k in
        var term = 1.0
        for i in 0..<k { term *= Double(count - i) / Double(k - i) * p }
        for _ in k..<count { term *= 1 - p }
        return term
      }.reduce(0, +)
    }
    let low = try #require((1...count).first { share(upTo: $0) >= 0.025 })
    let high = try #require((1...count).first { share(upTo: $0) >= 0.975 })
    let interval = try #require(
      Bootstrap(groups: (1...count).map { [Double($0)] }).intervals([percent])[0])
    #expect(abs(interval.low - Double(low)) <= 1)
    #expect(abs(interval.high - Double(high)) <= 1)
  }

  @Test func `the same values give the same interval`() {
    let groups = (0..<30).map { [Double($0 * 37 % 30)] }
    #expect(
      Bootstrap(groups: groups).intervals([95])[0] == Bootstrap(groups: groups).intervals([95])[0])
  }

  @Test func `values of one turn are drawn together`() throws {
    // Two turns, each of one kind: drawn one by one the median could hardly be 0 or 100.
    let together = [[Double](repeating: 0, count: 50), [Double](repeating: 100, count: 50)]
    let interval = try #require(Bootstrap(groups: together).intervals([50])[0])
    #expect(interval == Interval(low: 0, high: 100))
    let alone = try #require(
      Bootstrap(groups: (0..<100).map { [50 + Double($0) / 100] }).intervals([50])[0])
    #expect(alone.high - alone.low < 1)
  }

  @Test func `without values there is no interval`() {
    #expect(Bootstrap(groups: []).intervals([50])[0] == nil)
    #expect(Bootstrap(groups: [[], []]).intervals([50])[0] == nil)
  }

  @Test func `the difference of two runs is the later less the earlier`() throws {
    let before = Bootstrap(groups: (0..<40).map { [100 + Double($0 % 7)] })
    let after = Bootstrap(groups: (0..<40).map { [150 + Double($0 % 7)] })
    let difference = try #require(before.differences([50], to: after)[0])
    #expect((45...55).contains(difference.low) && (45...55).contains(difference.high))
  }
}

@Suite struct OutliersTests {
  @Test func `a value far from the median is found, whatever it is`() {
    let values = [10.0, 11, 9, 10, 12, 10, 11, 9, 10, 60]
    #expect(Outliers.indices(in: values, least: 1) == [9])
  }

  @Test func `differences below the least are never outliers`() {
    let values = [1.0, 1, 1, 1, 1, 1, 1.9]
    #expect(Outliers.indices(in: values, least: 1) == [])
    #expect(Outliers.indices(in: values, least: 0.5) == [6])
  }

  @Test func `values of one kind have none`() {
    #expect(Outliers.indices(in: [5, 5, 5, 5], least: 1) == [])
    #expect(Outliers.indices(in: [], least: 1) == [])
  }
}
