import KugelSystem
import KugelTransport

/// What is said about proxies. Never with what is in front of their `@`.
extension ProxyTrouble {
  /// - Parameter proxy: its host and port.
  func sentence(about proxy: String) -> String {
    switch self {
    case .nameNotFound: "the proxy \(proxy) was not found"
    case .refused: "nothing listens at the proxy \(proxy) (connection refused)"
    case .unreachable(let cause): "there is no way to the proxy \(proxy): \(cause.beginningSmall)"
    case .timedOut: "the proxy \(proxy) took too long"
    case .lost: "the proxy \(proxy) hung up"
    case .noHTTP: "what answers at \(proxy) is no proxy"
    case .refusedTunnel(407): "the proxy \(proxy) wants other credentials (HTTP 407)"
    case .refusedTunnel(let status):
      "the proxy \(proxy) opens no way to the service (HTTP \(status))"
    }
  }

  var nextStep: String {
    switch self {
    case .refusedTunnel(407): "give them in its address, as http://USER:PASSWORD@HOST:PORT"
    case .refusedTunnel(502...504):
      "check the address given with --url, and the proxy's own network"
    default: "check http_proxy, https_proxy and all_proxy, or except this host in no_proxy"
    }
  }

  /// Whether it may be different a moment later.
  var mayPass: Bool {
    switch self {
    case .refused, .unreachable, .timedOut, .lost: true
    case .refusedTunnel(let status): (500...599).contains(status)
    case .nameNotFound, .noHTTP: false
    }
  }
}

extension ProxyFlaw {
  var cause: String {
    switch self {
    case .kind(let kind): "a proxy of the kind \(kind) is not spoken with"
    case .unreadable: "its address cannot be read"
    }
  }
}
