import Glibc
import KugelConnections
import KugelJobs
import KugelSystem
import KugelTransport
import KugelWire

/// Fetches files: redirects are followed, and what was broken off goes on where it stopped.
final class Transfer {
  private let agent: String
  private let trust: TrustOptions
  private let proxies: ProxySettings
  private let loop = EventLoop()

  /// Times that a broken connection is made anew, and redirects that are followed.
  private static let (tries, hops) = (4, 8)

  init(in host: Host) {
    let environment = { (names: [String]) in
      Dictionary(
        uniqueKeysWithValues: names.compactMap { name in host.variable(name).map { (name, $0) } })
    }
    agent = "kugel/\(Release.version)"
    trust = TrustOptions(environment: environment(["SSL_CERT_FILE", "SSL_CERT_DIR"]))
    proxies = ProxySettings(environment: environment(ProxySettings.variables))
  }

  deinit { loop.stop() }

  /// Into a file that may hold the beginning already.
  ///
  /// - Parameters:
  ///   - size: bytes of the whole; nil where that is not known, and then nothing is resumed.
  ///   - progress: is told how many bytes are there.
  func fetch(
    _ url: String, to path: String, size: Int?, limit: Int = 1 << 30,
    progress: (Int) -> Void = { _ in }
  ) throws(UserError) {
    var left = Self.tries
    while true {
      do throws(Trouble) {
        return try attempt(url, path, size, limit, progress)
      } catch {
        left -= 1
        guard error.mayPass, left > 0 else { throw error.told }
        usleep(UInt32(250_000 * (Self.tries - left)))
      }
    }
  }

  private struct Trouble: Error {
    var told: UserError
    var mayPass: Bool
  }

  private func attempt(
    _ url: String, _ path: String, _ size: Int?, _ limit: Int, _ progress: (Int) -> Void
  ) throws(Trouble) {
    let file: CInt
    var have: Int
    do throws(SystemError) {
      file = try Descriptor.open(path, O_WRONLY | O_CREAT, mode: 0o644)
      have = try FileStatus(of: file).size
    } catch {
      throw Trouble(
        told: UserError(.cannotCreate, "cannot create \(path): \(error.cause)"), mayPass: false)
    }
    defer { close(file) }
    if let size, have == size { return }
    if size.map({ have > $0 }) ?? true { have = 0 }
    var url = url
    for _ in 0...Self.hops {
      let address = try Self.address(url)
      let answer = try ask(address, from: have)
      switch answer.head.status {
      case 301, 302, 303, 307, 308:
        answer.exchange.cancel()
        url = try Self.target(of: answer.head, from: address, url)
      case 200, 206:
        let begins = answer.head.status == 206 ? have : 0
        if answer.head.status == 206, !Self.resumes(answer.head, at: have) {
          answer.exchange.cancel()
          ftruncate(file, 0)
          throw Trouble(
            told: Self.refusal(url, "sent another part than was asked for"), mayPass: true)
        }
        return try write(answer, to: file, path, from: begins, size, limit, url, progress)
      case 416:
        // What is there is not the beginning of what it has.
        answer.exchange.cancel()
        ftruncate(file, 0)
        throw Trouble(told: Self.refusal(url, "has less than the catalogue says"), mayPass: true)
      case let status:
        answer.exchange.cancel()
        throw Trouble(
          told: Self.refusal(url, "answers with HTTP \(status)"),
          mayPass: status == 429 || status >= 500)
      }
    }
    throw Trouble(told: Self.refusal(url, "leads in a circle"), mayPass: false)
  }

  private struct Answer {
    var head: ResponseHead
    var exchange: HTTPExchange
    var events: Monitor<[HTTPExchangeEvent]>
  }

  private func ask(_ address: EndpointAddress, from have: Int) throws(Trouble) -> Answer {
    var headers: HTTPHeaders = ["user-agent": agent]
    if have > 0 { headers.append("range", "bytes=\(have)-") }
    let target = address.target("")
    var request = ClientRequest(
      host: address.host, port: UInt16(clamping: address.port),
      trust: address.isSecure ? trust : nil,
      path: target.hasPrefix("/") ? target : "/" + target, headers: headers)
    request.route = proxies.route(
      scheme: address.isSecure ? "https" : "http", host: address.host)
    let events = Monitor<[HTTPExchangeEvent]>([])
    let exchange = HTTPExchange(request, stallTimeout: .seconds(30), on: loop) { event in
      events.change { $0.append(event) }
    }
    switch next(events) {
    case .head(let head): return Answer(head: head, exchange: exchange, events: events)
    case .failed(let error): throw Self.trouble(error, address)
    case .body, .finished: throw Self.trouble(.lost(cause: "no answer"), address)
    }
  }

  private func next(_ events: Monitor<[HTTPExchangeEvent]>) -> HTTPExchangeEvent {
    events.wait { $0.isEmpty ? nil : $0.removeFirst() }
  }

  private func write(
    _ answer: Answer, to file: CInt, _ path: String, from begin: Int, _ size: Int?, _ limit: Int,
    _ url: String, _ progress: (Int) -> Void
  ) throws(Trouble) {
    defer { answer.exchange.cancel() }
    var position = begin
    guard ftruncate(file, off_t(begin)) == 0, lseek(file, off_t(begin), SEEK_SET) >= 0 else {
      throw Trouble(told: Self.full(path, .latest), mayPass: false)
    }
    while true {
      switch next(answer.events) {
      case .head: continue
      case .body(let bytes):
        position += bytes.count
        guard position <= size ?? limit else {
          ftruncate(file, 0)
          throw Trouble(
            told: Self.refusal(url, "sends more than the catalogue says"), mayPass: false)
        }
        do throws(SystemError) { try Descriptor.writeAll(bytes, to: file) } catch {
          throw Trouble(told: Self.full(path, error), mayPass: false)
        }
        progress(position)
      case .finished:
        guard size.map({ $0 == position }) ?? true else {
          throw Trouble(told: Self.refusal(url, "sent less than the catalogue says"), mayPass: true)
        }
        return
      case .failed(let error): throw Self.trouble(error, try Self.address(url))
      }
    }
  }

  // MARK: Words

  private static func address(_ url: String) throws(Trouble) -> EndpointAddress {
    do throws(AddressError) { return try EndpointAddress(url: url) } catch {
      throw Trouble(
        told: .usage("the address \(url) cannot be used: \(error.description)"), mayPass: false)
    }
  }

  /// - Throws: where a secure way would lead on to an open one.
  private static func target(
    of head: ResponseHead, from address: EndpointAddress, _ url: String
  ) throws(Trouble) -> String {
    guard let location = head.headers["location"] else {
      throw Trouble(told: refusal(url, "leads on to nowhere"), mayPass: false)
    }
    let scheme = address.isSecure ? "https" : "http"
    let target =
      if location.hasPrefix("//") {
        "\(scheme):\(location)"
      } else if location.hasPrefix("/") {
        "\(scheme)://\(address.authority)\(location)"
      } else if location.hasPrefix("http:") || location.hasPrefix("https:") {
        location
      } else {
        String(url.prefix { $0 != "?" }.reversed().drop { $0 != "/" }.reversed()) + location
      }
    let isSecure = try self.address(target).isSecure
    guard isSecure || !address.isSecure else {
      throw Trouble(
        told: refusal(url, "leads on to \(target), which is not secure"), mayPass: false)
    }
    return target
  }

  private static func resumes(_ head: ResponseHead, at have: Int) -> Bool {
    head.headers["content-range"]?.hasPrefix("bytes \(have)-") ?? false
  }

  private static func refusal(_ url: String, _ what: String) -> UserError {
    UserError(
      .unavailable, "\(url) \(what)",
      hint: "Try again later; or name another catalogue with --catalogue URL.")
  }

  private static func full(_ path: String, _ error: SystemError) -> UserError {
    UserError(
      .cannotCreate, "cannot write \(path): \(error.cause)",
      hint: error.code == ENOSPC || error.code == EDQUOT ? "Make room there, and try again." : nil)
  }

  private static func trouble(_ error: TransportError, _ address: EndpointAddress) -> Trouble {
    let mayPass =
      switch error {
      case .refused, .unreachable, .connectTimedOut, .handshakeTimedOut, .lost: true
      case .nameNotFound(_, _, let mayPass): mayPass
      default: false
      }
    return Trouble(
      told: UserError(ServiceFailure(error, reaching: address)), mayPass: mayPass)
  }
}
