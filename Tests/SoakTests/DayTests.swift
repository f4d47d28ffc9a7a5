import Glibc
import KugelClient
import KugelFloor
import TestSupport
import Testing

/// Ten minutes pass with `make test`; `KUGEL_SOAK_MINUTES` lets more pass (`make soak`: a day), and
/// `KUGEL_SOAK_PRINT` says how it goes.
@Suite(.serialized) struct DayTests {
  private static let minutes =
    unsafe getenv("KUGEL_SOAK_MINUTES").flatMap { unsafe Int(String(cString: $0)) } ?? 10
  private static let prints = unsafe getenv("KUGEL_SOAK_PRINT") != nil

  @Test(.timeLimit(.minutes(10)))
  func `a day of turns, losses and barge-ins: each turn ends once, with its own samples`()
    async throws
  {
    let (minutes, prints) = (Self.minutes, Self.prints)
    let outcome = try await onOwnThread(within: .seconds(590)) {
      var day = SimulatedDay(seed: 20)
      var sizes: [Int] = []
      day.run(until: .seconds(60 * minutes)) { day in
        sizes.append(residentKilobytes())
        if prints {
          print(
            "simulated hour \(sizes.count): \(day.tally.turns) turns, \(day.tally.losses) losses,",
            "\(sizes[sizes.count - 1]) KB, \(openDescriptors()) descriptors")
        }
      }
      return (day.tally, day.troubles, day.device, sizes)
    }
    let (tally, troubles, device, sizes) = outcome
    #expect(troubles == [])
    #expect(tally.turns > 3 * minutes)
    #expect(tally.complete + tally.cancelled == tally.turns)
    #expect(tally.cancelled > minutes / 20)
    #expect(tally.losses > minutes / 20)
    #expect(device.isDrained)
    #expect(device.backlog == 0)
    #expect(device.played + device.dropped == tally.samples)
    guard sizes.count > 5 else { return }
    #expect(sizes[sizes.count - 1] - sizes[2] < 8 * 1024, "memory stays: \(sizes) KB")
  }

  @Test(.timeLimit(.minutes(10)))
  func `the floor is taken and given back all day, and nothing is left open`() async throws {
    let folder = try TemporaryRuntimeFolder()
    let turns = 5 * Self.minutes
    let counts = try await onOwnThread(within: .seconds(590)) {
      let granted = (0..<2).map { _ in TestSignal() }
      let floors = try (0..<2).map { number in
        try SpeechFloor(folder: folder.path, kind: .speakers, name: "\(number)", stop: {})
      }
      let talkers = floors.indices.map { number in
        TurnFloor(floors[number], queue: .wait) { _ in granted[number].ring() }
      }
      var counts: [Int] = []
      for turn in 0..<turns {
        let (one, other) = (turn % 2, 1 - turn % 2)
        guard talkers[one].claim() == .granted, talkers[other].claim() == .waiting else { break }
        talkers[one].release()
        granted[other].wait()
        guard talkers[other].take() else { break }
        talkers[other].release()
        counts.append(openDescriptors())
      }
      for floor in floors { floor.leave() }
      return counts
    }
    #expect(counts.count == turns)
    #expect((counts.last ?? 0) <= (counts.first ?? 0))
  }
}
