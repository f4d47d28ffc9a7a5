import Glibc
import KugelSystem
import Testing

@Suite struct PollerTests {
  @Test func `only what can be read is ready, and a negative descriptor never is`() throws {
    let (quiet, loud) = (try WakePipe(), try WakePipe())
    loud.ring()
    let ready = Poller.wait(for: [quiet.descriptor, -1, loud.descriptor], until: nil)
    #expect(ready == [false, false, true])
  }

  @Test func `without anything to read it waits until the moment has passed`() throws {
    let quiet = try WakePipe()
    let deadline = ContinuousClock.now + .milliseconds(20)
    #expect(Poller.wait(for: [quiet.descriptor], until: deadline) == [false])
    #expect(ContinuousClock.now >= deadline)
    #expect(Poller.wait(for: [], until: .now - .seconds(5)) == [])
  }

  @Test func `an end and a closed descriptor count as ready`() throws {
    var ends: [CInt] = [-1, -1]
    try #require(unsafe pipe(&ends) == 0)
    close(ends[1])
    #expect(Poller.wait(for: [ends[0]], until: .now + .seconds(20)) == [true])
    close(ends[0])
  }
}
