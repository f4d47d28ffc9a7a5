import CWebSockets

/// The check that a certificate is for an IPv6 address, which libwebsockets cannot make.
enum CertificateName {
  /// - Parameter verification: OpenSSL's `X509_STORE_CTX`, at one certificate of the chain.
  static func isAccepted(_ verification: UnsafeMutableRawPointer?, for host: String) -> Bool {
    guard host.contains(":") else { return true }
    guard let verification = unsafe verification.map({ OpaquePointer($0) }) else {
      return false
    }
    guard unsafe X509_STORE_CTX_get_error_depth(verification) == 0 else { return true }
    let certificate = unsafe X509_STORE_CTX_get_current_cert(verification)
    if unsafe X509_check_ip_asc(certificate, host, 0) == 1 { return true }
    unsafe X509_STORE_CTX_set_error(verification, X509_V_ERR_IP_ADDRESS_MISMATCH)
    return false
  }
}
