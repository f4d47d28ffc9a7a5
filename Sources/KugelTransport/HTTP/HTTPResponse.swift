import Glibc

/// An answer of a server, whole.
package struct HTTPResponse: Sendable, Equatable {
  package var status: Int
  /// Length, date and connection are added.
  package var headers: HTTPHeaders
  package var body: [UInt8]

  package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  package static func json(_ status: Int, _ text: String, headers: HTTPHeaders = [:])
    -> HTTPResponse
  {
    var headers = headers
    headers.append("content-type", "application/json; charset=utf-8")
    return HTTPResponse(status: status, headers: headers, body: Array(text.utf8))
  }

  package static func text(_ status: Int, _ text: String) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: ["content-type": "text/plain; charset=utf-8"],
      body: Array(text.utf8))
  }
}

/// How the end of an answer's body is known.
enum BodyFraming: Equatable {
  case length(Int)
  case chunked
  case untilClose
  /// 101 and the like.
  case none
}

enum ResponseWriter {
  /// The bytes of an answer's head. Headers that cannot be sent are left out.
  static func head(
    _ status: Int, _ headers: HTTPHeaders, framing: BodyFraming, keepsAlive: Bool,
    date: String = httpDate(time(nil))
  ) -> [UInt8] {
    var text = "HTTP/1.1 \(status) \(reason(status))\r\n"
    for field in headers.fields where HTTPHeaders([field]).areSendable {
      text += "\(field.name): \(field.value)\r\n"
    }
    switch framing {
    case .length(let count): text += "content-length: \(count)\r\n"
    case .chunked: text += "transfer-encoding: chunked\r\n"
    case .untilClose, .none: break
    }
    if framing != .none {
      text += "date: \(date)\r\n"
      if !keepsAlive { text += "connection: close\r\n" }
    }
    return Array((text + "\r\n").utf8)
  }

  /// One chunk; nothing for no bytes, which would mean the end.
  static func chunk(_ bytes: [UInt8]) -> [UInt8] {
    bytes.isEmpty ? [] : Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [0x0D, 0x0A]
  }

  static let lastChunk = Array("0\r\n\r\n".utf8)

  private static func reason(_ status: Int) -> String {
    switch status {
    case 100: "Continue"
    case 101: "Switching Protocols"
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 402: "Payment Required"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 411: "Length Required"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 422: "Unprocessable Content"
    case 426: "Upgrade Required"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    default: "Status \(status)"
    }
  }
}

/// RFC 9110, 5.6.7, whatever the locale.
func httpDate(_ seconds: time_t) -> String {
  var (seconds, parts) = unsafe (seconds, tm())
  unsafe gmtime_r(&seconds, &parts)
  let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  let two = { (number: CInt) in number < 10 ? "0\(number)" : "\(number)" }
  let day = unsafe "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)])"
  let clock = unsafe "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
  return unsafe "\(day) \(parts.tm_year + 1900) \(clock) GMT"
}
