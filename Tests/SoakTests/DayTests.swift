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
      return (day.tally, day.troubles, day.device, sizes, day.sizes)
    }
    let (tally, troubles, device, sizes, states) = outcome
    #expect(troubles == [])
    #expect(tally.turns > 3 * minutes)
    #expect(tally.complete + tally.cancelled == tally.turns)
    #expect(tally.cancelled > minutes / 20)
    #expect(tally.losses > minutes / 20)
    #expect(device.isDrained)
    #expect(device.backlog == 0)
    #expect(device.played + device.dropped == tally.samples)
    if prints {
      print("simulated hour's end: state of \(states.last ?? 0), at most \(states.max() ?? 0)")
    }
    #expect(stays(states), "state: \(states.first ?? 0) to \(states.last ?? 0)")
    guard sizes.count > 5 else { return }
    #expect(sizes[sizes.count - 1] - sizes[2] < 8 * 1024, "memory stays: \(sizes) KB")
  }

  /// Whether nothing is kept that grows: the second half of the sizes is no larger than the first, whose
  /// beginning is left out.
  private func stays(_ sizes: [Int]) -> Bool {
    let half = sizes.count / 2
    guard half > 10 else { return false }
    return (sizes[half...].max() ?? 0) <= (sizes[..<half].max() ?? 0) * 5 / 4
  }

  @Test(.timeLimit(.minutes(10)))
  func `a day of speakers who share a connection: each turn ends once, with its own samples`()
    async throws
  {
    let (minutes, prints) = (Self.minutes, Self.prints)
    let (tally, troubles, states) = try await onOwnThread(within: .seconds(590)) {
      // One more than the service has contexts.
      var day = MultiDay(seed: 21, speakers: 6)
      day.run(until: .seconds(60 * minutes))
      return (day.tally, day.troubles, day.sizes)
    }
    if prints {
      print(
        "simulated hours of \(tally.contexts) contexts: \(tally.turns) turns, \(tally.losses) losses,",
        "state of \(states.last ?? 0), at most \(states.max() ?? 0)")
    }
    #expect(troubles == [])
    #expect(tally.turns > 10 * minutes)
    #expect(tally.complete + tally.cancelled == tally.turns)
    #expect(tally.cancelled > minutes / 10 && tally.losses > minutes / 20)
    #expect(tally.contexts > minutes)
    #expect(stays(states), "state: \(states.first ?? 0) to \(states.last ?? 0)")
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
