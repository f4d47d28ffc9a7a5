import CWebSockets

/// Why a handshake failed: libwebsockets' own words say nothing ("reason(1)").
enum TLSVerdict {
  static func cause(of wsi: OpaquePointer?) -> TLSFailure {
    let verdict = unsafe wsi.flatMap { unsafe lws_get_ssl($0) }.map {
      unsafe Int32(truncatingIfNeeded: SSL_get_verify_result($0))
    }
    guard let verdict, verdict != X509_V_OK else {
      return .other(LogTail.take() ?? "the peer ended the handshake")
    }
    let words = unsafe String(cString: X509_verify_cert_error_string(Int(verdict)))
    switch verdict {
    case X509_V_ERR_CERT_HAS_EXPIRED: return .expired
    case X509_V_ERR_CERT_NOT_YET_VALID: return .notYetValid
    case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: return .otherName
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
      X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
      X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_CERT_UNTRUSTED:
      return .unknownAuthority(words)
    default: return .other(words)
    }
  }
}
