/// What a request for a WebSocket is worth.
enum WebSocketOffer {
  /// Its `Sec-WebSocket-Key`.
  case key(String)
  case refused(HTTPResponse)
}

extension RequestHead {
  var asksForWebSocket: Bool {
    headers.lists("websocket", in: "upgrade") && headers.lists("upgrade", in: "connection")
  }

  /// - Parameter refusal: makes the answer to what cannot be understood.
  ///
  /// Source: RFC 6455, sections 4.2.1 and 4.4.
  func webSocketOffer(refusal: (Int, String) -> HTTPResponse) -> WebSocketOffer {
    guard method == "GET", let key = headers["sec-websocket-key"], !key.isEmpty else {
      return .refused(refusal(400, "a WebSocket request without a key"))
    }
    guard headers["sec-websocket-version"] == "13" else {
      var refusal = refusal(426, "this server speaks WebSocket version 13")
      refusal.headers.append("sec-websocket-version", "13")
      return .refused(refusal)
    }
    return .key(key)
  }
}
