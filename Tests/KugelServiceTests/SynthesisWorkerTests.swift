import KugelEngine
import KugelServiceCore
import KugelSystem
import KugelText
import Testing

@testable import KugelService

/// What a connection heard, and a way to wait for it.
private final class Ear: Sendable {
  private let heard = Monitor<[EngineNews]>([])

  func hear(_ news: EngineNews) { heard.change { $0.append(news) } }

  var news: [EngineNews] { heard.withLock { $0 } }

  func wait(until condition: @Sendable ([EngineNews]) -> Bool) -> [EngineNews] {
    heard.wait { condition($0) ? $0 : nil }
  }
}

/// Waits at each utterance until the test opens the gate for it.
private struct GatedEngine: SpeechEngine {
  let name = "gated"
  let nativeRate = 1000
  let voices: [Voice] = []
  let defaultVoice = 1
  let speedRange = 1.0...1.0
  let pitchRange = 0.0...100.0
  var concurrency = 1
  let gate = Monitor(0)
  let spoken = Monitor<[String]>([])

  func open(_ count: Int = 1) { gate.change { $0 += count } }

  func speak(_ utterance: Utterance, deliver: (SpokenPiece) -> Bool) throws(EngineError) {
    spoken.change { $0.append(utterance.text) }
    gate.wait { count in
      guard count > 0 else { return nil as Void? }
      count -= 1
      return ()
    }
    _ = deliver(.samples([1]))
  }
}

@Suite struct SynthesisWorkerTests {
  private func job(_ id: Int, _ text: String, _ context: String? = nil) -> SynthesisJob {
    SynthesisJob(
      id: id, chunk: id, utterance: Utterance(text: text, voice: 1), rate: 1000, context: context)
  }

  @Test func `jobs are spoken in order, each from started to finished`() throws {
    let worker = try SynthesisWorker(engine: ScriptedEngine())
    defer { worker.stop() }
    let ear = Ear()
    let connection = worker.open { news, _ in ear.hear(news) }
    worker.submit(job(0, "a"), for: connection)
    worker.submit(job(1, "b"), for: connection)
    let news = ear.wait { $0.count { $0 == .finished } == 2 }
    #expect(
      news == [.started, .samples([97]), .finished, .started, .samples([98]), .finished])
  }

  @Test func `after an abort nothing of the old jobs is heard`() throws {
    let engine = GatedEngine()
    let worker = try SynthesisWorker(engine: engine)
    defer { worker.stop() }
    let ear = Ear()
    let connection = worker.open { news, _ in ear.hear(news) }
    worker.submit(job(0, "old"), for: connection)
    engine.spoken.wait { $0.isEmpty ? nil : () }
    worker.abortAll(of: connection)
    engine.open(2)
    worker.submit(job(1, "new"), for: connection)
    let news = ear.wait { $0.contains(.finished) }
    #expect(news == [.started, .started, .samples([1]), .finished])
  }

  @Test func `after the abort of a context only the others are heard`() throws {
    let engine = GatedEngine()
    let worker = try SynthesisWorker(engine: engine)
    defer { worker.stop() }
    let jobs = Monitor<[Int]>([])
    let connection = worker.open { news, job in
      if news == .finished { jobs.change { $0.append(job) } }
    }
    worker.submit(job(0, "one", "a"), for: connection)
    engine.spoken.wait { $0.isEmpty ? nil : () }
    worker.submit(job(1, "two", "b"), for: connection)
    worker.abort("a", of: connection)
    worker.submit(job(2, "three", "a"), for: connection)
    engine.open(3)
    let finished = jobs.wait { $0.count == 2 ? $0 : nil }
    #expect(finished == [1, 2])
  }

  @Test func `contexts do not wait for each other, and all of them are held`() throws {
    var engine = GatedEngine()
    engine.concurrency = 2
    let worker = try SynthesisWorker(engine: engine)
    defer { worker.stop() }
    let ear = Ear()
    let connection = worker.open { news, _ in ear.hear(news) }
    worker.submit(job(0, "a", "a"), for: connection)
    worker.submit(job(1, "b", "b"), for: connection)
    let together = engine.spoken.wait { $0.count == 2 ? $0 : nil }
    #expect(Set(together) == ["a", "b"])
    worker.hold(connection, true)
    for (id, context) in ["a", "b", "new"].enumerated() {
      worker.submit(job(2 + id, "held", context), for: connection)
    }
    engine.open(2)
    _ = ear.wait { $0.count { $0 == .finished } == 2 }
    let other = worker.open { _, _ in }
    worker.submit(job(0, "free"), for: other)
    let spoken = engine.spoken.wait { $0.count == 3 ? $0 : nil }
    #expect(spoken.last == "free")
    worker.hold(connection, false)
    engine.open(4)
    _ = ear.wait { $0.count { $0 == .finished } == 5 }
  }

  @Test func `nothing is heard of a connection that was closed`() throws {
    let engine = GatedEngine()
    let worker = try SynthesisWorker(engine: engine)
    defer { worker.stop() }
    let (gone, ear) = (Ear(), Ear())
    let connection = worker.open { news, _ in gone.hear(news) }
    worker.submit(job(0, "old"), for: connection)
    engine.spoken.wait { $0.isEmpty ? nil : () }
    worker.close(connection)
    worker.submit(job(1, "late"), for: connection)
    engine.open(2)
    let next = worker.open { news, _ in ear.hear(news) }
    worker.submit(job(0, "new"), for: next)
    _ = ear.wait { $0.contains(.finished) }
    #expect(gone.news == [.started])
    #expect(engine.spoken.withLock { $0 } == ["old", "new"])
  }

  @Test func `as many connections are spoken at once as the engine can, each in its order`() throws
  {
    var engine = GatedEngine()
    engine.concurrency = 3
    let worker = try SynthesisWorker(engine: engine)
    defer { worker.stop() }
    let ears = (0..<4).map { _ in Ear() }
    let connections = ears.map { ear in worker.open { news, _ in ear.hear(news) } }
    for (index, connection) in connections.enumerated() {
      worker.submit(job(0, "first \(index)"), for: connection)
      worker.submit(job(1, "second \(index)"), for: connection)
    }
    let together = engine.spoken.wait { $0.count >= 3 ? $0 : nil }
    #expect(Set(together) == ["first 0", "first 1", "first 2"])
    engine.open(8)
    for ear in ears {
      let news = ear.wait { $0.count { $0 == .finished } == 2 }
      #expect(
        news == [.started, .samples([1]), .finished, .started, .samples([1]), .finished])
    }
    let all = engine.spoken.withLock { $0 }
    for index in 0..<4 {
      let first = try #require(all.firstIndex(of: "first \(index)"))
      let second = try #require(all.firstIndex(of: "second \(index)"))
      #expect(first < second)
    }
  }

  @Test func `an engine that speaks one text has one thread`() throws {
    let engine = GatedEngine()
    let worker = try SynthesisWorker(engine: engine)
    defer { worker.stop() }
    let (one, other) = (Ear(), Ear())
    let connections = [one, other].map { ear in worker.open { news, _ in ear.hear(news) } }
    for (index, connection) in connections.enumerated() {
      worker.submit(job(0, "\(index)"), for: connection)
    }
    engine.spoken.wait { $0.isEmpty ? nil : () }
    #expect(engine.spoken.withLock { $0 } == ["0"])
    engine.open(2)
    _ = one.wait { $0.contains(.finished) }
    _ = other.wait { $0.contains(.finished) }
  }

  @Test func `a held connection does not keep another waiting`() throws {
    let worker = try SynthesisWorker(engine: ScriptedEngine())
    defer { worker.stop() }
    let (heldEar, freeEar) = (Ear(), Ear())
    let held = worker.open { news, _ in heldEar.hear(news) }
    let free = worker.open { news, _ in freeEar.hear(news) }
    worker.hold(held, true)
    worker.submit(job(0, "a"), for: held)
    worker.submit(job(0, "b"), for: free)
    _ = freeEar.wait { $0.contains(.finished) }
    #expect(heldEar.news == [])
    worker.hold(held, false)
    _ = heldEar.wait { $0.contains(.finished) }
  }
}
