import Glibc

/// A numeric or named address with a port, as the system wants it.
struct SocketAddress {
  /// The kind of socket that all of ours are.
  static let stream = CInt(SOCK_STREAM.rawValue)
  /// With it, no other program gets the descriptor.
  static let notInherited = CInt(SOCK_CLOEXEC.rawValue)

  private var storage: sockaddr_storage
  private let length: socklen_t

  var isIPv6: Bool { CInt(storage.ss_family) == AF_INET6 }

  /// Looks `host` up (an address costs nothing) for listening or connecting.
  static func resolve(_ host: String, port: UInt16) -> SocketAddress? {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = stream
    unsafe hints.ai_flags = AI_PASSIVE
    var list: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0, let first = unsafe list
    else { return nil }
    defer { unsafe freeaddrinfo(list) }
    return unsafe SocketAddress(first.pointee)
  }

  private init(_ entry: addrinfo) {
    storage = sockaddr_storage()
    length = unsafe entry.ai_addrlen
    unsafe withUnsafeMutableBytes(of: &storage) {
      unsafe $0.copyMemory(
        from: UnsafeRawBufferPointer(start: entry.ai_addr, count: Int(entry.ai_addrlen)))
    }
  }

  /// A socket of this machine by its path.
  ///
  /// - Returns: nil for a path that is too long.
  init?(path: String) {
    let bytes = path.systemBytes
    var place = sockaddr_un()
    guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: place.sun_path) else {
      return nil
    }
    place.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &place.sun_path) { unsafe $0.copyBytes(from: bytes) }
    storage = sockaddr_storage()
    length = socklen_t(MemoryLayout<sockaddr_un>.size)
    unsafe withUnsafeBytes(of: &place) { place in
      unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.copyMemory(from: place) }
    }
  }

  /// Of a socket of this machine; empty for one without a name.
  var path: String? {
    guard CInt(storage.ss_family) == AF_UNIX else { return nil }
    let start = MemoryLayout<sa_family_t>.size
    return unsafe withUnsafeBytes(of: storage) { bytes in
      unsafe String(
        decoding: bytes[start..<max(start, min(Int(length), bytes.count))].prefix { $0 != 0 },
        as: UTF8.self)
    }
  }

  /// The address of an open socket's own end.
  init?(of descriptor: CInt) {
    unsafe self.init { unsafe getsockname(descriptor, $0, $1) }
  }

  /// The address at the other end of a connection.
  init?(ofPeer descriptor: CInt) {
    unsafe self.init { unsafe getpeername(descriptor, $0, $1) }
  }

  private init?(
    _ read: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt
  ) {
    storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let failed = unsafe withUnsafeMutablePointer(to: &storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe read($0, &size) }
    }
    length = size
    if failed != 0 { return nil }
  }

  /// The numeric host of a resolver's entry.
  static func host(of entry: addrinfo) -> String? { unsafe SocketAddress(entry).host }

  var host: String? { name?.host }
  var port: UInt16 { name.flatMap { UInt16($0.port) } ?? 0 }

  func open(nonBlocking: Bool) -> CInt {
    let flags = Self.notInherited | (nonBlocking ? CInt(SOCK_NONBLOCK.rawValue) : 0)
    return socket(CInt(storage.ss_family), Self.stream | flags, 0)
  }

  func connect(_ descriptor: CInt) -> CInt {
    unsafe withPointer { unsafe Glibc.connect(descriptor, $0, length) }
  }

  func bind(_ descriptor: CInt) -> CInt {
    unsafe withPointer { unsafe Glibc.bind(descriptor, $0, length) }
  }

  private func withPointer(_ body: (UnsafePointer<sockaddr>) -> CInt) -> CInt {
    unsafe withUnsafePointer(to: storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0) }
    }
  }

  private var name: (host: String, port: String)? {
    // The system would name the machine.
    if CInt(storage.ss_family) == AF_UNIX { return ("localhost", "0") }
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
    let failed = unsafe withUnsafePointer(to: storage) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe getnameinfo(
          address, length, &host, socklen_t(host.count), &port, socklen_t(port.count),
          NI_NUMERICHOST | NI_NUMERICSERV)
      }
    }
    guard failed == 0 else { return nil }
    return (text(host), text(port))
  }

  private func text(_ bytes: [CChar]) -> String {
    String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
