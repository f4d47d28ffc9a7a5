import CWebSockets
import Glibc
import Synchronization

/// What belongs to the loop's thread alone: the context, its virtual hosts, the sockets in it.
@safe final class LoopCore {
  /// The core of the thread that asks, if it is a loop's.
  static var current: LoopCore? {
    get {
      unsafe pthread_getspecific(threadKey).map {
        unsafe Unmanaged.fromOpaque($0).takeUnretainedValue()
      }
    }
    set {
      unsafe pthread_setspecific(
        threadKey, newValue.map { unsafe Unmanaged.passUnretained($0).toOpaque() })
    }
  }

  static let bufferSize = 128 * 1024

  let inbox: LoopInbox
  let context: OpaquePointer
  /// Received bytes pass through here, whichever socket they come from.
  let buffer: UnsafeMutablePointer<CChar>

  /// No pings and no hanging up by libwebsockets: we do both.
  let neverIdle: UnsafeMutablePointer<lws_retry_bo_t>

  private let protocols: UnsafeMutablePointer<lws_protocols>
  private var owners: [ObjectIdentifier: SocketOwner] = [:]
  private let pace: LoopPace
  private var lastRound = ContinuousClock.now
  /// Of the socket that was read last in this round.
  private var wasRead: CInt?
  /// Those who have read something that is to be handed over together with what follows closely.
  private var behind: [() -> Void] = []
  private var roundsBehind = 0
  /// In the part of a round that is followed by handing over.
  private var isServing = false
  /// Since the last round a socket asked to write.
  var wantsToWrite = false
  /// Armed timers, so that none outlives the context.
  private var timers: [ObjectIdentifier: LoopTimer] = [:]
  private var plainHost: OpaquePointer?
  private var clientHosts: [TrustOptions: OpaquePointer] = unsafe [:]
  private var clientContexts: [OpaquePointer] = unsafe []

  init(inbox: LoopInbox, pace: LoopPace) {
    self.inbox = inbox
    self.pace = pace
    unsafe buffer = .allocate(capacity: Self.bufferSize)
    unsafe neverIdle = .allocate(capacity: 1)
    unsafe neverIdle.initialize(to: lws_retry_bo_t())
    unsafe protocols = .allocate(capacity: 2)
    unsafe protocols.initialize(repeating: lws_protocols(), count: 2)
    unsafe protocols[0].name = UnsafePointer(strdup(protocolName))
    unsafe protocols[0].callback = loopCallback
    // The most that one write passes to the socket at once.
    unsafe protocols[0].rx_buffer_size = Self.bufferSize

    LogTail.install()
    var info = unsafe lws_context_creation_info()
    unsafe info.options = UInt64(LWS_SERVER_OPTION_EXPLICIT_VHOSTS)
    unsafe info.pt_serv_buf_size = UInt32(Self.bufferSize)
    unsafe info.max_http_header_data2 = 16 * 1024
    // A backstop only: the timeouts that count are timers of ours.
    unsafe info.timeout_secs = 300
    var made: OpaquePointer?
    contextLock.withLock { _ in unsafe made = unsafe lws_create_context(&info) }
    // It allocates memory and two descriptors; a process without those cannot go on.
    unsafe context = made!
  }

  deinit {
    unsafe free(UnsafeMutablePointer(mutating: protocols[0].name))
    unsafe neverIdle.deallocate()
    unsafe protocols.deallocate()
    unsafe buffer.deallocate()
  }

  /// Waits for the next events and serves them.
  func service() {
    isServing = true
    unsafe lws_service(context, 0)
    isServing = false
  }

  /// Has what was read handed over, and lets a moment pass where rounds would follow each other too closely.
  func rest() {
    let now = ContinuousClock.now
    let isDrained = wasRead.map(isEmpty) ?? false
    if !behind.isEmpty {
      roundsBehind += 1
      // A round in which nothing was read knows of nothing that follows.
      if pace.handsOver(isDrained: isDrained || wasRead == nil, rounds: roundsBehind) { handOver() }
    }
    let rest = pace.rest(
      sockets: owners.count, since: now - lastRound, isDrained: isDrained,
      wantsToWrite: wantsToWrite)
    (wasRead, wantsToWrite) = (nil, false)
    lastRound = now + rest
    if rest > .zero { usleep(UInt32(rest / .microseconds(1))) }
  }

  private func handOver() {
    roundsBehind = 0
    // What that leads to may be more.
    while !behind.isEmpty {
      let waiting = behind
      behind = []
      for body in waiting { body() }
    }
  }

  /// Whether what is told now may be handed over together with what comes in the next rounds.
  var gathers: Bool { pace == .patient && isServing }

  /// Calls `body` when it is time to hand over what was read in this round; before the loop waits for more.
  func whenRead(_ body: @escaping () -> Void) { behind.append(body) }

  /// Something was read of the socket, and given out.
  func note(read wsi: OpaquePointer?) {
    if pace == .patient { wasRead = unsafe lws_get_socket_fd(wsi) }
  }

  private func isEmpty(_ socket: CInt) -> Bool {
    var count: CInt = 0
    // One that was closed meanwhile brings nothing more.
    return unsafe ioctl(socket, UInt(FIONREAD), &count) != 0 || count == 0
  }

  func shutDown() {
    for owner in owners.values { owner.loopWillStop() }
    for timer in timers.values { timer.cancel() }
    contextLock.withLock { _ in unsafe lws_context_destroy(context) }
    while let tls = unsafe clientContexts.popLast() { unsafe SSL_CTX_free(tls) }
    // Only sockets that never reached libwebsockets are left.
    owners.removeAll()
  }

  func armed(_ timer: LoopTimer) { timers[ObjectIdentifier(timer)] = timer }
  func disarmed(_ timer: LoopTimer) { timers[ObjectIdentifier(timer)] = nil }

  func keep(_ owner: SocketOwner) { owners[ObjectIdentifier(owner)] = owner }
  func release(_ owner: SocketOwner) { owners[ObjectIdentifier(owner)] = nil }
}

let protocolName = "kugel"

/// Making and destroying contexts touches globals of libwebsockets.
private let contextLock = Mutex(())

private let threadKey: pthread_key_t = {
  var key = pthread_key_t()
  unsafe pthread_key_create(&key, nil)
  return key
}()

extension LoopCore {
  /// The host of every socket without TLS, on either side.
  func plainVirtualHost() -> OpaquePointer? {
    if unsafe plainHost == nil { unsafe plainHost = makeHost(named: "plain") { _ in } }
    return unsafe plainHost
  }

  /// The host of connections that trust what `options` say.
  func clientVirtualHost(trusting options: TrustOptions) throws(TransportError) -> OpaquePointer {
    if let known = unsafe clientHosts[options] { return unsafe known }
    let tls = unsafe try options.makeContext()
    unsafe clientContexts.append(tls)
    let host = unsafe makeHost(named: "client-\(clientHosts.count)") { info in
      unsafe info.options |= UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT)
      unsafe info.provided_client_ssl_ctx = tls
    }
    guard let host = unsafe host else { throw .tls(.other(LogTail.take() ?? "no TLS context")) }
    unsafe clientHosts[options] = host
    return unsafe host
  }

  /// A host that serves TLS with a certificate chain and its key (PEM files).
  func serverVirtualHost(
    certificate: String, key: String
  ) throws(TransportError) -> OpaquePointer {
    _ = LogTail.take()
    let host = unsafe CStrings.with([certificate, key]) { files in
      unsafe makeHost(named: "server") { info in
        unsafe info.port = CONTEXT_PORT_NO_LISTEN_SERVER
        unsafe info.options |= UInt64(
          LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT | LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS)
        unsafe info.ssl_cert_filepath = files[0]
        unsafe info.ssl_private_key_filepath = files[1]
      }
    }
    guard let host = unsafe host else {
      throw .tls(.other(LogTail.take() ?? "certificate or key not usable"))
    }
    return unsafe host
  }

  private func makeHost(
    named name: String, _ adjust: (inout lws_context_creation_info) -> Void
  ) -> OpaquePointer? {
    unsafe CStrings.with([name, "http/1.1", ":0"]) { texts in
      var info = unsafe lws_context_creation_info()
      unsafe info.vhost_name = texts[0]
      unsafe info.port = CONTEXT_PORT_NO_LISTEN
      unsafe info.protocols = UnsafePointer(protocols)
      unsafe info.alpn = texts[1]
      // No proxy: left out, libwebsockets would take the environment's, for each and every host.
      unsafe info.http_proxy_address = texts[2]
      unsafe info.connect_timeout_secs = 300
      unsafe adjust(&info)
      return unsafe lws_create_vhost(context, &info)
    }
  }
}
