import Testing

@testable import KugelMeasure

@Suite struct PlayoutTests {
  private func frames(_ pairs: [(Double, Double)]) -> [Playout.Frame] {
    pairs.map { Playout.Frame(arrival: $0.0, length: $0.1) }
  }

  @Test func `frames that are there in time are not late`() {
    let playout = Playout(frames([(100, 50), (140, 50), (200, 50)]), cushion: 0)
    #expect(playout.late == 0)
    #expect(playout.starts == [100, 150, 200])
  }

  @Test func `the player waits for a late frame, and is not behind for ever`() {
    let given = frames([(100, 50), (180, 50), (220, 50), (260, 50)])
    let playout = Playout(given, cushion: 0)
    #expect(playout.late == 1)
    #expect(playout.starts == [100, 180, 230, 280])
  }

  @Test(arguments: [(0.0, 2), (29, 2), (30, 1), (120, 1), (500, 0)])
  func `a cushion covers what is shorter than it`(cushion: Double, late: Int) {
    let given = frames([(100, 50), (180, 50), (700, 50)])
    #expect(Playout(given, cushion: cushion).late == late)
  }

  @Test func `fractions of samples are no lateness`() {
    let length = 1000.0 / 3
    let given = frames((0..<1000).map { (Double($0) * length, length) })
    #expect(Playout(given, cushion: 0).late == 0)
  }

  @Test(arguments: [(0, nil), (103, nil), (104, 2), (-104, 2), (Int16.min, 2)] as [(Int16, Int?)])
  func `audible is what is above -50 dBFS`(sample: Int16, index: Int?) {
    #expect(Audibility.firstAudible(in: [0, 50, sample, 0]) == index)
  }
}
