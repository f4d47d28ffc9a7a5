import Glibc

/// How large a terminal is.
package enum TerminalSize {
  /// - Returns: nil where that is not known.
  package static func columns(of descriptor: CInt) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }
}
