import Testing

@testable import KugelServiceCore
@testable import KugelText

private let start = ContinuousClock.now

@Suite struct JobQueueTests {
  private func job(_ id: Int) -> SynthesisJob {
    SynthesisJob(id: id, chunk: id, utterance: Utterance(text: "\(id)", voice: 1), rate: 24_000)
  }

  @Test func `one stream's jobs keep their order`() {
    var queue = JobQueue()
    let stream = queue.open()
    for id in 0..<3 { queue.submit(job(id), to: stream) }
    var ids: [Int?] = []
    for _ in 0..<4 {
      ids.append(queue.next(at: start)?.1.id)
      queue.finished(stream)
    }
    #expect(ids == [0, 1, 2, nil])
  }

  @Test func `a first sound does not wait for another's long text`() {
    var queue = JobQueue()
    let long = queue.open()
    for id in 0..<100 { queue.submit(job(id), to: long) }
    _ = queue.next(at: start)
    queue.produced(.seconds(3), for: long, at: start)
    let short = queue.open()
    queue.submit(job(100), to: short)
    let chosen = queue.next(at: start)?.0
    #expect(chosen == short)
  }

  @Test func `whose audio runs out first is served first`() {
    var queue = JobQueue()
    let (rich, poor) = (queue.open(), queue.open())
    queue.produced(.seconds(8), for: rich, at: start)
    queue.produced(.seconds(2), for: poor, at: start)
    queue.submit(job(0), to: rich)
    queue.submit(job(1), to: poor)
    let chosen = queue.next(at: start)?.0
    #expect(chosen == poor)
  }

  @Test func `equals take turns`() {
    var queue = JobQueue()
    let (a, b) = (queue.open(), queue.open())
    for id in 0..<4 {
      queue.submit(job(id), to: a)
      queue.submit(job(id), to: b)
    }
    var order: [Int] = []
    for _ in 0..<4 {
      guard let next = queue.next(at: start)?.0 else { continue }
      order.append(next)
      queue.finished(next)
    }
    #expect(order == [a, b, a, b])
  }

  @Test func `a stream whose job is being done gets no other one, and keeps nobody waiting`() {
    var queue = JobQueue()
    let (a, b) = (queue.open(), queue.open())
    queue.submit(job(0), to: a)
    queue.submit(job(1), to: a)
    queue.submit(job(2), to: b)
    let together = (0..<3).map { _ in queue.next(at: start)?.1.id }
    #expect(together == [0, 2, nil])
    queue.finished(a)
    let last = queue.next(at: start)?.1.id
    #expect(last == 1)
  }

  @Test func `a held stream waits, a closed one forgets`() {
    var queue = JobQueue()
    let (held, closed) = (queue.open(), queue.open())
    queue.submit(job(0), to: held)
    queue.submit(job(1), to: closed)
    queue.hold(held, true)
    queue.close(closed)
    let before = queue.next(at: start)?.1.id
    #expect(before == nil)
    queue.hold(held, false)
    let after = queue.next(at: start)?.1.id
    #expect(after == 0)
  }

  @Test func `a closed stream takes nothing`() {
    var queue = JobQueue()
    let stream = queue.open()
    queue.close(stream)
    queue.submit(job(0), to: stream)
    let none = queue.next(at: start)?.1.id
    #expect(none == nil)
  }
}
