/// Which requests travel through which proxy, as the environment says. Pure.
///
/// The rules are curl's, so that what works there works here.
///
/// Source: curl(1), "Environment" and `--noproxy`; tried with curl 7.88.
package struct ProxySettings: Sendable {
  /// What the environment may say of it.
  package static let variables = [
    "http_proxy", "https_proxy", "HTTPS_PROXY", "ws_proxy", "WS_PROXY", "wss_proxy", "WSS_PROXY",
    "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
  ]

  private let environment: [String: String]
  private let exceptions: NoProxyList

  /// - Parameter environment: an empty value counts as none.
  package init(environment: [String: String] = [:]) {
    self.environment = environment.filter { !$0.value.isEmpty }
    exceptions = NoProxyList(self.environment["no_proxy"] ?? self.environment["NO_PROXY"] ?? "")
  }

  /// - Parameters:
  ///   - scheme: `http`, `https`, `ws` or `wss`.
  ///   - host: without brackets.
  package func route(scheme: String, host: String) -> ProxyRoute {
    guard let variable = Self.variables(for: scheme).first(where: { environment[$0] != nil }),
      let address = environment[variable], !exceptions.contains(host)
    else { return .direct }
    do throws(ProxyFlaw) {
      return .through(try Proxy(address: address))
    } catch {
      return .blocked(error, variable: variable)
    }
  }

  /// The first that is set counts. `HTTP_PROXY` is none of them: whoever asks a CGI program something
  /// can set it with a header.
  private static func variables(for scheme: String) -> [String] {
    let own =
      switch scheme {
      case "ws": ["ws_proxy", "WS_PROXY", "http_proxy"]
      case "wss": ["wss_proxy", "WSS_PROXY", "https_proxy", "HTTPS_PROXY"]
      case "https": ["https_proxy", "HTTPS_PROXY"]
      default: ["http_proxy"]
      }
    return own + ["all_proxy", "ALL_PROXY"]
  }
}
