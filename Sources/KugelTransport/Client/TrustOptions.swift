import CWebSockets
import Glibc

/// Which authorities a TLS client believes. Certificates and host names are always verified.
package struct TrustOptions: Hashable, Sendable {
  /// Believed besides the others (PEM, one or more certificates).
  package var extraFile: String?
  /// In place of the system's bundle; `SSL_CERT_FILE`.
  package var file: String?
  /// In place of the system's hashed directory; `SSL_CERT_DIR`.
  package var directory: String?

  package init(extraFile: String? = nil, file: String? = nil, directory: String? = nil) {
    self.extraFile = extraFile
    self.file = file
    self.directory = directory
  }

  /// As OpenSSL's own programs read the environment.
  package init(extraFile: String? = nil, environment: [String: String]) {
    let value = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    self.init(
      extraFile: extraFile, file: value("SSL_CERT_FILE"), directory: value("SSL_CERT_DIR"))
  }

  /// A client's TLS context; the caller frees it.
  func makeContext() throws(TransportError) -> OpaquePointer {
    guard let context = unsafe SSL_CTX_new(TLS_client_method()) else {
      throw .tls(.other("OpenSSL refuses a TLS context"))
    }
    unsafe kugel_tls_client_defaults(context)
    unsafe SSL_CTX_set_info_callback(context, noteHandshakeError)
    do throws(TransportError) {
      try unsafe load(into: context)
    } catch {
      unsafe SSL_CTX_free(context)
      throw error
    }
    return unsafe context
  }

  private func load(into context: OpaquePointer) throws(TransportError) {
    for path in [file, extraFile] {
      guard let path else { continue }
      ERR_clear_error()
      guard unsafe SSL_CTX_load_verify_file(context, path) == 1 else {
        throw .authorities(file: path, cause: lastTLSError())
      }
    }
    if let directory {
      for part in directory.split(separator: ":") {
        unsafe SSL_CTX_load_verify_dir(context, String(part))
      }
    } else if let system = hashedSystemDirectory() {
      // Parses a certificate when it is asked for; the bundle would cost 14 ms at every start.
      unsafe SSL_CTX_load_verify_dir(context, system)
    } else if file == nil {
      unsafe SSL_CTX_set_default_verify_paths(context)
    }
  }

  /// The system's directory of certificates, if it is one that OpenSSL can look up names in.
  private func hashedSystemDirectory() -> String? {
    guard let path = unsafe X509_get_default_cert_dir(), let directory = unsafe opendir(path)
    else { return nil }
    defer { unsafe closedir(directory) }
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasSuffix(".0") { return unsafe String(cString: path) }
    }
    return nil
  }
}

/// Keeps the reason of a failed handshake: libwebsockets empties the queue before it reports.
private func noteHandshakeError(_ tls: OpaquePointer?, occasion: CInt, result: CInt) {
  if occasion & SSL_CB_EXIT != 0, result <= 0, ERR_peek_last_error() != 0 {
    LogTail.keep(lastTLSError())
  }
}

/// The latest entry of OpenSSL's error queue of this thread, in words.
func lastTLSError() -> String {
  let code = ERR_peek_last_error()
  guard code != 0, let reason = unsafe ERR_reason_error_string(code) else { return "unknown" }
  return unsafe String(cString: reason)
}
