import KugelJobs
import KugelServiceCore

/// Where a server listens, and for whom.
package struct AccessOptions: OptionGroup {
  package var listen: ListenAddress?
  /// Of this machine, for its user alone; empty for the usual place.
  package var socket: String?
  package var keyFile: String?
  package var origins: [String] = []
  package var hosts: [String] = []
  package var certificate: String?
  package var key: String?

  package init() {}
  package static let heading = "Access"
  package static var flags: [Flag<AccessOptions>] {
    [
      .value(
        "listen", nil, "ADDRESS", \.listen, help: "where to listen, as HOST:PORT",
        read: { (text) throws(BadValue) in
          guard let address = ListenAddress(text) else {
            throw BadValue(expected: "HOST:PORT, such as 127.0.0.1:8000 or [::1]:8000")
          }
          return address
        }
      ).detail("The default is `127.0.0.1:8000`. Port 0 takes one that is free."),
      Flag(
        FlagSpec(
          long: "socket", short: nil, value: .optional("PATH"),
          help: "listen on a socket of yours alone instead, for say to find")
      ) { (target, input) throws(BadValue) in
        if case .value("") = input { throw BadValue(expected: "a path, or nothing") }
        target.socket = if case .value(let path) = input { path } else { "" }
      }
      .detail(
        "Without PATH it is where `kugel say` looks: `kugel/ENGINE.socket` in `$XDG_RUNTIME_DIR`. "
          + "Without `-e` the engine is the one that `kugel say` would choose."
      ).choices(.file),
      .text("api-key-file", nil, "FILE", \.keyFile, help: "the keys that clients may use")
        .detail(
          "One key a line; blank lines and those that begin with `#` do not count. "
            + "Without it nobody is asked for a key, and only loopback addresses are listened on."
        ).choices(.file),
      .list("allow-origin", nil, "ORIGIN", \.origins, help: "a web page that browsers may serve")
        .detail("Such as `https://example.org`; `*` allows all. Others are refused with 403."),
      .list("allow-host", nil, "NAME", \.hosts, help: "a name that clients may call it by")
        .detail(
          "A service on a loopback address answers to that address, `localhost`, `127.0.0.0/8` and "
            + "`[::1]`, so that no page of the web can lead a browser to it by a name of its own; "
            + "`*` allows all. Others are refused with 403, but for `/health` and `/ready`."),
      .text(
        "tls-cert", nil, "FILE", \.certificate, help: "serve with TLS and this certificate chain"
      )
      .choices(.file),
      .text("tls-key", nil, "FILE", \.key, help: "the private key of the certificate")
        .choices(.file),
    ]
  }
}
