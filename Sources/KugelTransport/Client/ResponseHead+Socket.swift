import CWebSockets

extension ResponseHead {
  /// Reads the head that libwebsockets has parsed, while it still holds it.
  init(of wsi: OpaquePointer, wanting names: [String]) {
    status = unsafe Int(lws_http_client_http_response(wsi))
    headers = HTTPHeaders()
    for (name, token) in Self.knownTokens {
      let length = unsafe lws_hdr_total_length(wsi, token)
      guard length > 0 else { continue }
      let value = unsafe Self.text(length) { unsafe lws_hdr_copy(wsi, $0, $1, token) }
      if let value { headers.append(name, value) }
    }
    for name in Self.usualNames + names where headers[name] == nil {
      let key = name + ":"
      let size = CInt(key.utf8.count)
      let length = unsafe lws_hdr_custom_length(wsi, key, size)
      guard length > 0 else { continue }
      let value = unsafe Self.text(length) { unsafe lws_hdr_custom_copy(wsi, $0, $1, key, size) }
      if let value { headers.append(name, value) }
    }
    closesUnlessKept(isOldest: unsafe lws_hdr_total_length(wsi, WSI_TOKEN_HTTP1_0) > 0)
  }

  /// Names that libwebsockets knows, and keeps apart from the others.
  private static let knownTokens: [(String, lws_token_indexes)] = [
    ("upgrade", WSI_TOKEN_UPGRADE), ("connection", WSI_TOKEN_CONNECTION),
    ("sec-websocket-accept", WSI_TOKEN_ACCEPT),
    ("sec-websocket-extensions", WSI_TOKEN_EXTENSIONS),
    ("sec-websocket-protocol", WSI_TOKEN_PROTOCOL),
    ("content-type", WSI_TOKEN_HTTP_CONTENT_TYPE),
    ("content-length", WSI_TOKEN_HTTP_CONTENT_LENGTH),
    ("content-range", WSI_TOKEN_HTTP_CONTENT_RANGE),
    ("transfer-encoding", WSI_TOKEN_HTTP_TRANSFER_ENCODING),
    ("location", WSI_TOKEN_HTTP_LOCATION), ("retry-after", WSI_TOKEN_HTTP_RETRY_AFTER),
    ("www-authenticate", WSI_TOKEN_HTTP_WWW_AUTHENTICATE),
  ]

  private static let usualNames = [
    "x-request-id", "x-sample-rate", "x-audio-format", "x-kugelaudio-ai-generated",
  ]

  private static func text(
    _ length: CInt, _ copy: (UnsafeMutablePointer<CChar>?, CInt) -> CInt
  ) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(length) + 1)
    let count = unsafe bytes.withUnsafeMutableBufferPointer {
      unsafe copy($0.baseAddress, CInt($0.count))
    }
    guard count >= 0 else { return nil }
    return String(
      decoding: bytes.prefix(Int(count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
