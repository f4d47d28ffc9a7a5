@testable import KugelServiceCore
@testable import KugelTransport
@testable import KugelWire

extension FuzzTarget {
  /// Requests as they come over a socket, answered by the service's REST side: every answer has a
  /// status and headers that can be sent, and dictionaries survive being written down.
  static let serviceCalls = FuzzTarget("service-calls") { input in
    var parser = RequestParser(headLimit: 4096, bodyLimit: 4096)
    var dictionaries = DictionaryStore()
    let api = ServiceAPI(
      voices: ListedVoices([]), access: AccessControl(allowedOrigins: ["https://example.org"]))
    unsafe input.withUnsafeBytes { unsafe parser.append($0) }
    while true {
      switch parser.next() {
      case .needsMore, .refusal: return
      case .head: continue
      case .request(let head, let body):
        var headers: [String: String] = [:]
        for field in head.headers.fields where headers[field.name.lowercased()] == nil {
          headers[field.name.lowercased()] = field.value
        }
        let call = APIRequest(
          head.method, head.path, query: QueryItems(head.query.map { ($0.name, $0.value) }),
          headers: headers, body: body)
        try isSendable(
          api.reply(
            to: call, dictionaries: &dictionaries,
            in: .init(isReady: true, engine: "tone", metrics: "", now: 1_800_000_000)))
      }
    }
  }

  private static func isSendable(_ reply: ServiceAPI.Reply) throws(Finding) {
    let answer: APIResponse
    switch reply {
    case .answer(let given): answer = given
    case .speak(_, let head, _): answer = head
    case .context(let call): answer = call.head
    }
    try hold((200...599).contains(answer.status), "an answer has a status: \(answer.status)")
    let headers = HTTPHeaders(
      answer.headers.map { HTTPHeaders.Field(name: $0.name, value: $0.value) })
    try hold(headers.areSendable, "the headers of an answer can be sent: \(answer.headers)")
  }
}
