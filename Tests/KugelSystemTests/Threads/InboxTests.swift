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
}
