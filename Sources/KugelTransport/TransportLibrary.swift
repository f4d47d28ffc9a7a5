import CWebSockets

/// The library that this part runs with.
@safe package enum TransportLibrary {
  /// The release; what the library adds about its build is left out.
  package static var version: String {
    guard let text = unsafe lws_get_library_version() else { return "unknown" }
    return String(unsafe String(cString: text).prefix { $0 != "-" && $0 != " " })
  }
}
