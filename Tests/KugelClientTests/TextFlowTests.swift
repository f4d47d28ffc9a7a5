import Glibc
import Testing

@testable import KugelClient

@Suite struct TextFlowTests {
  private let start = ContinuousClock.now

  @Test func `where turns follow one another an interrupt is for the one being said`() throws {
    let pipe = try TestPipe()
    let flow = TextFlow(descriptor: pipe.readEnd, mark: .line)
    pipe.write("First line. Its end")
    #expect(flow.ready(at: start).contains(.session(.text("First line. Its end"))))
    #expect(flow.signal(.interrupt, at: start) == [.silence])
    #expect(flow.silenced([], at: start) == [.session(.cancel)])
    pipe.write(" is cut.\nSecond line.\n")
    let more = flow.ready(at: start).filter { if case .copy = $0 { false } else { true } }
    #expect(
      more == [.skipped(" is cut.\n"), .session(.text("Second line.\n")), .session(.endTurn)])
    let later = start + .milliseconds(1001)
    #expect(flow.signal(.interrupt, at: later) == [.silence])
    pipe.closeWriting()
    #expect(flow.ready(at: later + .milliseconds(1001)).contains(.session(.finish)))
  }

  @Test func `an interrupt between turns takes nothing from the next`() throws {
    let pipe = try TestPipe()
    let flow = TextFlow(descriptor: pipe.readEnd, mark: .line)
    pipe.write("One.\n")
    _ = flow.ready(at: start)
    #expect(flow.signal(.interrupt, at: start) == [.silence])
    pipe.write("Two.\n")
    #expect(flow.ready(at: start).contains(.session(.text("Two.\n"))))
  }

  @Test func `a second interrupt within a second leaves`() throws {
    let pipe = try TestPipe()
    let flow = TextFlow(descriptor: pipe.readEnd, mark: .blankLine)
    #expect(flow.signal(.interrupt, at: start) == [.silence])
    #expect(flow.signal(.interrupt, at: start + .milliseconds(999)) == nil)
  }

  @Test func `the end of the input that comes with an interrupt is the interrupt's doing`() throws {
    let pipe = try TestPipe()
    let flow = TextFlow(descriptor: pipe.readEnd, mark: .line)
    pipe.write("One")
    _ = flow.ready(at: start)
    _ = flow.signal(.interrupt, at: start)
    pipe.closeWriting()
    #expect(flow.ready(at: start + .milliseconds(500)).last == .leave(SIGINT))
  }

  @Test func `a text of one turn leaves interrupts to the run`() throws {
    let pipe = try TestPipe()
    let flow = TextFlow(descriptor: pipe.readEnd)
    #expect(flow.signal(.interrupt, at: start) == nil)
  }
}
