import Glibc
import KugelSystem
import TestSupport
import Testing

@Suite struct InboxTests {
  private func isReadable(_ inbox: Inbox<Int>) -> Bool {
    Poller.wait(for: [inbox.descriptor], until: .now) == [true]
  }

  @Test func `the descriptor is readable while something waits`() throws {
    let inbox = try Inbox<Int>()
    #expect(!isReadable(inbox))
    inbox.post(1)
    inbox.post(2)
    #expect(isReadable(inbox))
    #expect(inbox.drain() == [1, 2])
    #expect(!isReadable(inbox))
    #expect(inbox.drain() == [])
    inbox.post(3)
    #expect(isReadable(inbox))
    #expect(inbox.drain() == [3])
  }

  @Test(.timeLimit(.minutes(1)))
  func `what several threads post comes once each, each thread's in its order`() async throws {
    let inbox = try Inbox<Int>()
    let seen = try await onOwnThread {
      for writer in 0..<4 {
        _ = try Thread(name: "writer") {
          for number in 0..<2000 { inbox.post(writer * 10_000 + number) }
        }
      }
      var seen: [Int] = []
      while seen.count < 8000 {
        _ = Poller.wait(for: [inbox.descriptor], until: nil)
        seen += inbox.drain()
      }
      return seen
    }
    for writer in 0..<4 {
      let own = seen.filter { $0 / 10_000 == writer }
      #expect(own == (0..<2000).map { writer * 10_000 + $0 })
    }
    #expect(inbox.drain() == [])
  }

  /// What was done by a deputy, and on which thread.
  private final class Deeds: Sendable {
    let all = Monitor<[(number: Int, thread: UInt)]>([])

    /// - Parameter rings: the number at which the owner is to look himself.
    func act(ringingAt rings: Int) -> (Int) -> Bool {
      { [all] number in
        all.change { $0.append((number, UInt(pthread_self()))) }
        return number == rings
      }
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func
    `what is handed over while the owner waits is done there, and he is woken when he is to look`()
    async throws
  {
    let inbox = try Inbox<Int>()
    let deeds = Deeds()
    let (owner, left) = try await onOwnThread {
      let helper = Monitor<UInt?>(nil)
      inbox.deputed(to: deeds.act(ringingAt: 3)) {
        _ = try? Thread(name: "helper") {
          for number in 1...3 { inbox.hand(number) }
          helper.change { $0 = UInt(pthread_self()) }
        }
        _ = Poller.wait(for: [inbox.descriptor], until: nil)
        _ = helper.wait { $0 }
      }
      return (UInt(pthread_self()), inbox.drain())
    }
    let all = deeds.all.withLock { $0 }
    #expect(all.map(\.number) == [1, 2, 3])
    #expect(all.allSatisfy { $0.thread != owner })
    #expect(left == [])
    #expect(!isReadable(inbox))
  }

  @Test func `what is handed over waits while there is no deputy, and behind what was posted`()
    throws
  {
    let inbox = try Inbox<Int>()
    let deeds = Deeds()
    inbox.hand(1)
    inbox.deputed(to: deeds.act(ringingAt: 0)) { inbox.hand(2) }
    #expect(isReadable(inbox))
    #expect(inbox.drain() == [1, 2])
    inbox.deputed(to: deeds.act(ringingAt: 0)) {
      inbox.hand(3)
      inbox.post(4)
      inbox.hand(5)
    }
    inbox.hand(6)
    #expect(inbox.drain() == [4, 5, 6])
    #expect(deeds.all.withLock { $0.map(\.number) } == [3])
  }

  @Test(.timeLimit(.minutes(1)))
  func `the owner goes on once the deputy has done`() async throws {
    let inbox = try Inbox<Int>()
    let isDone = try await onOwnThread {
      let (began, ended) = (Monitor(false), Monitor(false))
      let act = { (_: Int) in
        began.change { $0 = true }
        usleep(20_000)
        ended.change { $0 = true }
        return false
      }
      inbox.deputed(to: act) {
        _ = try? Thread(name: "helper") { inbox.hand(1) }
        began.wait { $0 ? () : nil }
      }
      return ended.withLock { $0 }
    }
    #expect(isDone)
  }
}
