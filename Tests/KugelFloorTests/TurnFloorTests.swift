import KugelSystem
import Testing

@testable import KugelFloor

/// A process that speaks turn by turn.
private struct Talker {
  let floor: SpeechFloor
  let turns: TurnFloor
  let granted = Monitor(0)
  let told = Monitor(0)

  init(_ name: String, in bench: RuntimeBench, _ queue: SpeechFloor.Queue = .wait) throws {
    let told = told
    floor = try SpeechFloor(folder: bench.folder, kind: .speakers, name: name) {
      told.change { $0 += 1 }
    }
    turns = TurnFloor(floor, queue: queue) { [granted] _ in granted.change { $0 += 1 } }
  }

  func waitUntilGranted() { granted.wait { $0 > 0 ? () : nil } }
}

@Suite struct TurnFloorTests {
  @Test func `who says nothing leaves the speakers to others`() throws {
    let bench = try RuntimeBench()
    let (one, two) = (try Talker("1", in: bench), try Talker("2", in: bench))
    #expect(one.turns.claim() == .granted)
    one.turns.release()
    #expect(two.turns.claim() == .granted)
    #expect(one.turns.claim() == .waiting)
    #expect(one.turns.claim() == .waiting)
    two.turns.release()
    one.waitUntilGranted()
    #expect(one.turns.take())
    #expect(one.turns.claim() == .granted)
    one.turns.release()
    one.floor.leave()
    two.floor.leave()
  }

  @Test func `what was waited for and is not wanted any more is passed on`() throws {
    let bench = try RuntimeBench()
    let (one, two) = (try Talker("1", in: bench), try Talker("2", in: bench))
    #expect(one.turns.claim() == .granted)
    #expect(two.turns.claim() == .waiting)
    two.turns.release()
    one.turns.release()
    two.waitUntilGranted()
    #expect(!two.turns.take())
    #expect(one.turns.claim() == .granted)
    one.floor.leave()
    two.floor.leave()
  }

  @Test func `others can be refused, drowned or stopped`() throws {
    let bench = try RuntimeBench()
    let one = try Talker("1", in: bench)
    let refusing = try Talker("2", in: bench, .fail)
    let mixing = try Talker("3", in: bench, .mix)
    let replacing = try Talker("4", in: bench, .replace)
    #expect(one.turns.claim() == .granted)
    #expect(refusing.turns.claim() == .refused)
    #expect(mixing.turns.claim() == .granted)
    #expect(replacing.turns.claim() == .waiting)
    for talker in [one, mixing] { talker.told.wait { $0 == 1 ? () : nil } }
    #expect(refusing.told.withLock { $0 } == 0)
    for talker in [one, refusing, mixing, replacing] { talker.floor.leave() }
  }

  @Test func `only who plays, or waits to, is told to stop`() throws {
    let bench = try RuntimeBench()
    let (one, two) = (try Talker("1", in: bench), try Talker("2", in: bench))
    #expect(FloorPeers.stop(in: bench.folder, kinds: [.speakers], patience: .zero) == 0)
    #expect(one.turns.claim() == .granted)
    #expect(two.turns.claim() == .waiting)
    #expect(FloorPeers.stop(in: bench.folder, kinds: [.speakers], patience: .zero) == 2)
    one.turns.release()
    #expect(bench.names.contains("silent-1.sock"))
    #expect(
      FloorPeers.stop(in: bench.folder, kinds: SpeechFloor.Kind.allCases, patience: .zero) == 2)
    one.floor.leave()
    two.floor.leave()
    #expect(bench.names == ["speakers.lock"])
  }
}
