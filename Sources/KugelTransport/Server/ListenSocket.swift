import CWebSockets
import Glibc

/// The listening socket in the loop: libwebsockets only says when somebody knocks.
@safe final class ListenSocket: SocketOwner {
  private let service: ListenerService
  private let descriptor: CInt
  private let host: OpaquePointer?
  /// Given up when there are no descriptors left, to accept and turn away at least one by one.
  private var spare: CInt = -1

  init(_ service: ListenerService, descriptor: CInt, core: LoopCore) throws(TransportError) {
    self.service = service
    self.descriptor = descriptor
    if let certificate = service.options.certificate {
      unsafe host = try core.serverVirtualHost(
        certificate: certificate.chain, key: certificate.key)
    } else {
      unsafe host = core.plainVirtualHost()
    }
    super.init(core: core)
  }

  func start() -> Bool {
    spare = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    var info = unsafe lws_adopt_desc_t()
    unsafe info.vh = core.plainVirtualHost()
    unsafe info.type = LWS_ADOPT_RAW_FILE_DESC
    unsafe info.fd.filefd = descriptor
    unsafe info.opaque = opaque
    let adopted = unsafe protocolName.withCString { name in
      unsafe info.vh_prot_name = name
      core.keep(self)
      return unsafe lws_adopt_descriptor_vhost_via_info(&info)
    }
    unsafe wsi = adopted
    if unsafe adopted == nil { core.release(self) }
    return unsafe adopted != nil
  }

  /// Frees the port at once; the rest of the socket goes soon. One that was passed to us goes on
  /// listening for the next of us.
  func close() {
    if service.options.passed == nil { shutdown(descriptor, CInt(SHUT_RDWR)) }
    kill()
  }

  override func destroyed() {
    if spare >= 0 { Glibc.close(spare) }
    spare = -1
  }

  override func handle(
    _ reason: lws_callback_reasons, _ data: UnsafeMutableRawPointer?, _ count: Int
  ) -> CInt {
    if reason == LWS_CALLBACK_RAW_RX_FILE { acceptSome() }
    return 0
  }

  /// Not all: those already here want their turn too.
  private func acceptSome() {
    for _ in 0..<64 {
      let accepted = accept(descriptor, nil, nil)
      if accepted < 0 {
        if errno == EMFILE || errno == ENFILE { turnAway() }
        return
      }
      _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
      set(TCP_NODELAY, at: CInt(IPPROTO_TCP), to: 1, on: accepted)
      let peer = SocketAddress(ofPeer: accepted)?.host ?? ""
      let admission = service.enter(peer)
      guard admission != .hangUp else {
        Glibc.close(accepted)
        continue
      }
      let socket = ServerSocket(service, descriptor: accepted, peer: peer, core: core)
      unsafe socket.start(in: unsafe host, refusal: service.refusal(of: admission))
    }
  }

  private func turnAway() {
    guard spare >= 0 else { return }
    Glibc.close(spare)
    let accepted = accept(descriptor, nil, nil)
    if accepted >= 0 { Glibc.close(accepted) }
    spare = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
  }
}
