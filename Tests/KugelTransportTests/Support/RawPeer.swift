import Dispatch
import Glibc
import KugelTransport
import Synchronization

/// A server of plain sockets, for what no well-behaved library would send.
@safe final class RawPeer: Sendable {
  let port: UInt16
  private let listening: Listening

  /// Serves one connection after another with `script` on a thread of its own.
  init(connections: Int = 1, _ script: @escaping @Sendable (RawConnection) -> Void) {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = unsafe bind(descriptor, $0, size)
        unsafe getsockname(descriptor, $0, &size)
      }
    }
    listen(descriptor, 16)
    port = UInt16(bigEndian: address.sin_port)
    let listening = Listening(descriptor)
    self.listening = listening
    DispatchQueue(label: "raw peer").async {
      defer { listening.close() }
      for _ in 0..<connections {
        let accepted = accept(descriptor, nil, nil)
        guard accepted >= 0 else { return }
        let connection = RawConnection(accepted)
        script(connection)
        connection.close()
      }
    }
  }

  deinit { listening.wake() }
}

/// A listening socket, which is closed once by the thread that waits at it: its number may be another test's
/// socket afterwards.
private final class Listening: Sendable {
  private let descriptor: Mutex<CInt?>

  init(_ descriptor: CInt) { self.descriptor = Mutex(descriptor) }

  /// Ends a wait for connections, and refuses others.
  func wake() {
    descriptor.withLock { if let descriptor = $0 { _ = shutdown(descriptor, CInt(SHUT_RDWR)) } }
  }

  func close() {
    descriptor.withLock { descriptor in
      if let open = descriptor.take() { Glibc.close(open) }
    }
  }
}

/// One end of a plain connection; every call blocks.
@safe final class RawConnection: Sendable {
  private let descriptor: CInt
  private let isClosed = Atomic(false)

  init(_ descriptor: CInt) { self.descriptor = descriptor }

  /// Connects to a port of this machine.
  init(to port: UInt16) {
    descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    unsafe withUnsafePointer(to: address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  func write(_ text: String) { write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  /// What has come, at least one byte; empty at the end.
  func read(atMost limit: Int = 65536) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = unsafe recv(descriptor, &bytes, limit, 0)
    return Array(bytes.prefix(max(0, count)))
  }

  /// Up to and with `end`.
  func read(until end: String) -> String {
    var bytes: [UInt8] = []
    let mark = Array(end.utf8)
    while !bytes.suffix(mark.count).elementsEqual(mark) {
      let more = read(atMost: 1)
      if more.isEmpty { break }
      bytes += more
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func readToEnd() -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let more = read()
      if more.isEmpty { return all }
      all += more
    }
  }

  /// Reads a client's handshake and gives the answer that accepts it.
  func handshake() -> String {
    let request = read(until: "\r\n\r\n")
    let key = request.split(separator: "\r\n").first { $0.hasPrefix("sec-websocket-key: ") }?
      .dropFirst("sec-websocket-key: ".count)
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      + "Sec-WebSocket-Accept: \(WebSocketHandshake.accept(for: String(key ?? "")))\r\n\r\n"
  }

  /// Says that nothing more comes; answers may.
  func finish() { shutdown(descriptor, CInt(SHUT_WR)) }

  /// Small buffers, so that a pause is felt at once.
  func shrink() {
    var size: CInt = 4096
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, 4)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4)
  }

  /// Once: the number may be another test's socket afterwards.
  func close() {
    guard !isClosed.exchange(true, ordering: .relaxed) else { return }
    shutdown(descriptor, CInt(SHUT_RDWR))
    Glibc.close(descriptor)
  }
}

/// A server's frame with these bytes.
func frame(_ opcode: UInt8, _ payload: [UInt8], final: Bool = true) -> [UInt8] {
  precondition(payload.count < 126)
  return [(final ? 0x80 : 0) | opcode, UInt8(payload.count)] + payload
}

func textFrame(_ text: String) -> [UInt8] { frame(1, Array(text.utf8)) }
