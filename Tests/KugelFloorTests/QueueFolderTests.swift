import Glibc
import KugelQueue
import KugelSystem
import Testing

@testable import KugelFloor

@Suite struct QueueFolderTests {
  private let bench: RuntimeBench

  init() throws { bench = try RuntimeBench() }

  private func entries() -> [QueueRules.Entry] { QueueFolder.entries(in: bench.folder) }

  private func wish(_ source: String, replaces: Bool = false) -> QueueWish {
    var wish = QueueWish()
    (wish.source, wish.replaces) = (source, replaces)
    return wish
  }

  @Test func `who is there is seen, and who left is not`() {
    let (one, two) = (QueuePlace(1, in: bench.folder), QueuePlace(2, in: bench.folder))
    one.enter(wish("a"), .speaking)
    two.enter(wish("b"), .waiting)
    #expect(QueueRules.listed(entries()).map(\.item) == [one.item, two.item])
    two.change { $0.wish.title = "Hello" }
    #expect(entries().first { $0.item.id == 2 }?.item.wish.title == "Hello")
    one.leave()
    #expect(entries().map(\.item.id) == [2])
    two.leave()
    #expect(bench.names == [])
    two.enter(wish("c"), .waiting)
    #expect(entries().map(\.item.wish.source) == ["c"])
    two.leave()
  }

  @Test func `nobody else can read what is said`() throws {
    let place = QueuePlace(1, in: bench.folder)
    place.enter(wish("a"), .waiting)
    for name in bench.names {
      #expect(try FileStatus(of: "\(bench.folder)/\(name)").mode == 0o600, "\(name)")
    }
    place.leave()
  }

  @Test func `what a dead process left is cleared away, whoever has its number now`() throws {
    let item = QueueItem(
      id: 5, process: getpid(), wish: QueueWish(), arrival: 1, date: 1)
    for (name, text) in [
      ("item-5", String(decoding: item.json, as: UTF8.self)), ("item-5.lock", ""), ("sound-5", "x"),
    ] {
      try SmallFile.replace("\(bench.folder)/\(name)", with: text)
    }
    // The process of that number lives, and does not hold the lock.
    #expect(entries() == [])
    #expect(bench.names == [])
    // Without a lock it is nobody's either.
    try SmallFile.replace(
      bench.folder + "/item-6", with: String(decoding: item.json, as: UTF8.self))
    #expect(entries() == [])
  }

  @Test func `who is suspended is seen to be`() throws {
    let sleeper = try Sleeper()
    let place = QueuePlace(8, in: bench.folder)
    place.enter(wish("a"), .waiting)
    place.change { $0.process = sleeper.process }
    #expect(entries().map(\.condition) == [.suspended])
    place.leave()
  }

  @Test func `many come and go at once, and each sees the others whole`() throws {
    let folder = bench.folder
    let done = Monitor(0)
    let threads = try (1...6).map { id in
      try Thread(name: "place") {
        let place = QueuePlace(Int32(id), in: folder)
        var wish = QueueWish()
        wish.source = "s\(id)"
        for _ in 0..<200 {
          place.enter(wish, .waiting)
          let seen = QueueFolder.entries(in: folder)
          let isWhole =
            seen.contains { $0.item == place.item }
            && seen.allSatisfy {
              $0.item.wish.source == "s\($0.item.id)"
            }
          if isWhole { done.change { $0 += 1 } }
          place.leave()
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(done.withLock { $0 } == 1200)
    #expect(bench.names == [])
  }

  @Test func `what is newer drops what waits, through its process`() throws {
    let told = Monitor<[String]>([])
    let hear = { @Sendable (name: String) in
      { @Sendable (request: SpeechFloor.Request) in
        told.change { $0.append("\(name) \(request.what)") }
      }
    }
    let floors = try ["1", "2", "3"].map {
      try SpeechFloor(folder: bench.folder, kind: .speakers, name: $0, steered: hear($0))
    }
    #expect(floors[0].enter(.wait, wish("a")) { _ in true } == .granted)
    floors[1].enlist(wish("a"))
    let entry = floors[2].enter(.wait, wish("a", replaces: true)) { _ in
      told.wait { $0.isEmpty ? nil : () }
      return true
    }
    #expect(entry == .givenUp)
    #expect(told.withLock { $0 } == ["2 drop"])
    for floor in floors { floor.leave() }
  }

  @Test func `what waits and is stale is not said`() throws {
    let (one, two) = (
      try SpeechFloor(folder: bench.folder, kind: .speakers, name: "1", stop: {}),
      try SpeechFloor(folder: bench.folder, kind: .speakers, name: "2", stop: {})
    )
    #expect(one.enter(.wait) { _ in true } == .granted)
    var wish = QueueWish()
    wish.dropAfter = .milliseconds(1)
    #expect(two.enter(.wait, wish) { _ in false } == .dropped(.stale(after: .milliseconds(1))))
    #expect(entries().map(\.item.id) == [1])
    one.leave()
    two.leave()
  }

  @Test func `who speaks is asked how far it is, and steered`() throws {
    let told = Monitor<[Steering]>([])
    var report = SpeechReport()
    report.heard = 2.5
    let floor = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "1") { [report] in
      let what = $0.what
      $0.answer(report.json)
      told.change { $0.append(what) }
    }
    #expect(FloorPeers.report(of: 1, in: bench.folder) == report)
    let all: [Steering] = [.skip, .drop, .pause, .resume, .toggle, .again, .back, .on]
    for (count, what) in all.enumerated() {
      #expect(FloorPeers.tell(what, to: [1, 99], in: bench.folder) == 1)
      told.wait { $0.count == count + 2 ? () : nil }
    }
    #expect(told.withLock { $0 } == [.report] + all)
    // Whoever says nothing, or nonsense, is hung up on.
    let peer = try #require(UnixSocket.connect(to: bench.folder + "/speakers-1.sock"))
    try Descriptor.writeAll("sing\n", to: peer)
    #expect(UnixSocket.line(from: peer, until: .now + .seconds(10)) == nil)
    close(peer)
    floor.leave()
    #expect(FloorPeers.report(of: 1, in: bench.folder) == nil)
  }

  @Test func `who does not listen, as when it is suspended, is not waited for`() throws {
    let path = bench.folder + "/speakers-1.sock"
    let deaf = try #require(UnixSocket.listen(at: path))
    defer { close(deaf) }
    var calls: [CInt] = []
    while let call = UnixSocket.connect(to: path) { calls.append(call) }
    #expect(errno == EAGAIN && !calls.isEmpty)
    for call in calls { close(call) }
    #expect(FloorPeers.tell(.skip, to: [1], in: bench.folder) == 0)
    // It is there, and so is its socket.
    #expect(bench.names == ["speakers-1.sock"])
  }

  @Test func `whoever lost the speakers while suspended waits for them again`() throws {
    let granted = Monitor(0)
    let floor = try SpeechFloor(folder: bench.folder, kind: .speakers, name: "1", stop: {})
    #expect(floor.enter(.wait) { _ in true } == .granted)
    let turns = TurnFloor(floor, queue: .wait, isHeld: true) { _ in granted.change { $0 += 1 } }
    #expect(!floor.isLost && !turns.takeLoss())
    // As somebody who waits would do.
    unsafe unlink(bench.folder + "/speakers.lock")
    let other = FloorLock(in: bench.folder)
    #expect(other.tryToTake())
    #expect(floor.isLost && turns.takeLoss() && turns.isWaiting && !floor.isLost)
    #expect(entries().map(\.item.state) == [.waiting])
    other.release()
    granted.wait { $0 == 1 ? () : nil }
    #expect(turns.take(.granted) && !turns.takeLoss())
    #expect(entries().map(\.item.state) == [.speaking])
    floor.leave()
    #expect(bench.names == ["speakers.lock"])
  }
}
