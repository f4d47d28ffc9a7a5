import CWebSockets
import Glibc
import KugelSystem

/// How libwebsockets gets into a tunnel: it has no call that begins with a connected socket. So it
/// connects here, which takes no time, and then the tunnel takes that socket's descriptor.
///
/// It is a socket in the system's own name space (no file, no port), with a name that nobody can guess.
/// Whoever connects to it is never spoken to.
@safe final class TunnelEntrance {
  /// As libwebsockets wants it.
  let address: String
  private let descriptor: CInt
  private let tunnel: ProxyTunnel

  init(to tunnel: ProxyTunnel) throws(TransportError) {
    self.tunnel = tunnel
    let random = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }
    let name = "kugel-" + random.joined()
    address = "+@" + name
    descriptor = socket(AF_UNIX, SocketAddress.stream | SocketAddress.notInherited, 0)
    guard descriptor >= 0 else { throw .unreachable(cause: SystemError.latest.cause) }
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    // The first byte stays 0: that makes it a name, not a path.
    unsafe withUnsafeMutableBytes(of: &place.sun_path) { room in
      unsafe room.dropFirst().copyBytes(from: name.utf8)
    }
    let size = MemoryLayout<sa_family_t>.size + 1 + name.utf8.count
    let bound = unsafe withUnsafePointer(to: place) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(size))
      }
    }
    guard bound == 0, listen(descriptor, 1) == 0 else {
      let cause = SystemError.latest.cause
      close(descriptor)
      throw .unreachable(cause: cause)
    }
  }

  deinit { close(descriptor) }

  /// Puts the tunnel in the place of what the socket was connected to.
  func pass(_ wsi: OpaquePointer?) {
    guard let wsi = unsafe wsi else { return }
    _ = unsafe dup3(tunnel.descriptor, lws_get_socket_fd(wsi), O_CLOEXEC)
  }
}
