import CWebSockets
import Glibc

/// A moment that the loop keeps to within a tenth of a millisecond; its timers are up to one late. It costs
/// a descriptor.
///
/// Letting go of it ends it.
package final class LoopAlarm: Sendable {
  private let loop: EventLoop
  private let socket: Future<AlarmSocket>
  private let work: @Sendable () -> Void

  /// - Parameter work: called on the loop's thread, once for each `set` whose moment comes.
  package init(on loop: EventLoop, work: @escaping @Sendable () -> Void) {
    self.loop = loop
    self.work = work
    let socket = Future<AlarmSocket>(inbox: loop.inbox)
    self.socket = socket
    loop.inbox.perform { core in
      let made = AlarmSocket(core: core, work: work)
      made.start()
      socket.fulfil(made)
    }
  }

  deinit { socket.use { $0.end() } }

  /// Another moment takes the place of the last.
  package func set(at instant: ContinuousClock.Instant) {
    socket.use { [loop, work] socket in
      // Out of descriptors: better late than never.
      if !socket.set(at: instant) { loop.schedule(at: instant, work) }
    }
  }
}

/// The kernel's timer as a descriptor in the loop.
@safe private final class AlarmSocket: SocketOwner {
  private let descriptor: CInt
  private let work: @Sendable () -> Void

  init(core: LoopCore, work: @escaping @Sendable () -> Void) {
    descriptor = kugel_alarm_open()
    self.work = work
    super.init(core: core)
  }

  func start() {
    guard descriptor >= 0 else { return }
    var info = unsafe lws_adopt_desc_t()
    unsafe info.vh = core.plainVirtualHost()
    unsafe info.type = LWS_ADOPT_RAW_FILE_DESC
    unsafe info.fd.filefd = descriptor
    unsafe info.opaque = opaque
    unsafe wsi = protocolName.withCString { name in
      unsafe info.vh_prot_name = name
      core.keep(self)
      return unsafe lws_adopt_descriptor_vhost_via_info(&info)
    }
    if unsafe wsi == nil { core.release(self) }
  }

  /// - Returns: false when there is no timer.
  func set(at instant: ContinuousClock.Instant) -> Bool {
    guard unsafe wsi != nil else { return false }
    let left = (instant - .now) / .nanoseconds(1)
    return kugel_alarm_set(descriptor, Int64(max(1, min(left, 1e18)))) == 0
  }

  func end() { kill() }

  override func handle(
    _ reason: lws_callback_reasons, _ data: UnsafeMutableRawPointer?, _ count: Int
  ) -> CInt {
    guard reason == LWS_CALLBACK_RAW_RX_FILE else { return 0 }
    var times: UInt64 = 0
    // Nothing to read: it was set anew meanwhile.
    if unsafe read(descriptor, &times, MemoryLayout<UInt64>.size) > 0 { work() }
    return 0
  }
}
