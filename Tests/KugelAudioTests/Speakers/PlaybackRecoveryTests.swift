import Glibc
import Testing

@testable import KugelAudio

@Suite struct PlaybackRecoveryTests {
  typealias Event = PlaybackRecovery.Event
  typealias Action = PlaybackRecovery.Action

  private static let remedies: [(Event, Action)] = [
    (Event.progress, Action.write),
    (.write(-EPIPE), .prepare),
    (.write(-ESTRPIPE), .resume),
    (.write(-EBADFD), .prepare),
    (.write(-EINTR), .write),
    (.write(-EAGAIN), .wait(milliseconds: 5, then: .write)),
    (.write(-ENODEV), .giveUp(-ENODEV)),
    (.write(-EIO), .giveUp(-EIO)),
    (.resumed(0), .write),
    (.resumed(-EAGAIN), .wait(milliseconds: 50, then: .resume)),
    (.resumed(-ENOSYS), .prepare),
    (.prepared(0), .write),
    (.prepared(-ENODEV), .giveUp(-ENODEV)),
  ]

  @Test(arguments: remedies)
  func `each answer of the device has its remedy`(event: Event, action: Action) {
    var recovery = PlaybackRecovery()
    #expect(recovery.receive(event) == action)
  }

  @Test func `underruns are counted`() {
    var recovery = PlaybackRecovery()
    for _ in 0..<3 {
      _ = recovery.receive(.write(-EPIPE))
      _ = recovery.receive(.prepared(0))
      _ = recovery.receive(.progress)
    }
    _ = recovery.receive(.write(-ESTRPIPE))
    #expect(recovery.underruns == 3)
  }

  @Test func `a device that takes nothing for long is given up, progress gives new credit`() {
    var recovery = PlaybackRecovery()
    for _ in 1..<PlaybackRecovery.limit {
      #expect(recovery.receive(.write(-EPIPE)) == .prepare)
    }
    #expect(recovery.receive(.write(-EPIPE)) == .giveUp(-EPIPE))
    _ = recovery.receive(.progress)
    #expect(recovery.receive(.write(-EPIPE)) == .prepare)
  }
}
