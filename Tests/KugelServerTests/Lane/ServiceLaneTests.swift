import KugelEngine
import KugelServiceCore
import KugelSystem
import KugelTransport
import KugelWire
import Testing

@testable import KugelServer

/// Takes everything at once.
private final class OpenOutput: LaneOutput {
  let pendingBytes = 0
  let sentBytes = 0

  func send(_ frame: ServiceFrame, encoding: AudioEncoding) {}
  func cut(_ context: String) {}
  func close(code: UInt16, reason: String) {}
  func abandon() {}
  func bytesPerSecond(rate: Int, encoding: AudioEncoding) -> Double { 1 }
}

@Suite struct ServiceLaneTests {
  @Test func `a connection that has ended is let go of`() throws {
    let context = try ServerContext(options: ServeOptions(), engine: ToneEngine()) { _ in }
    defer { context.stop() }
    let isGone = Monitor<[Bool]>([])
    context.loop.post {
      var lane: ServiceLane? = ServiceLane(
        core: StreamService(profile: context.profile(BusyFlag())), output: OpenOutput(),
        busy: BusyFlag(), context: context, idleTimeout: .seconds(60)
      ) {}
      weak let left = lane
      lane?.drained()
      lane?.disconnected()
      lane = nil
      isGone.change { $0.append(left == nil) }
    }
    #expect(isGone.wait { $0.first } == true)
  }
}
