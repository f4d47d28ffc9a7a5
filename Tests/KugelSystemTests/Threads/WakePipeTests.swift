import KugelSystem
import Testing

@Suite struct WakePipeTests {
  private func isReadable(_ pipe: WakePipe) -> Bool {
    Poller.wait(for: [pipe.descriptor], until: .now) == [true]
  }

  @Test func `it is readable from the ring to the clear`() throws {
    let pipe = try WakePipe()
    #expect(!isReadable(pipe))
    pipe.ring()
    #expect(isReadable(pipe))
    #expect(isReadable(pipe))
    pipe.clear()
    #expect(!isReadable(pipe))
  }

  @Test func `more rings than a pipe holds are one`() throws {
    let pipe = try WakePipe()
    for _ in 0..<100_000 { pipe.ring() }
    #expect(isReadable(pipe))
    pipe.clear()
    #expect(!isReadable(pipe))
  }

  @Test func `a refused call names itself and the cause`() {
    #expect("\(SystemError(code: 24, call: "pipe"))" == "pipe: too many open files")
  }
}
