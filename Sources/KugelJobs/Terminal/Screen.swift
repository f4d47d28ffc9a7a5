import Glibc

extension Host {
  /// Whether messages go to a terminal on which a line can be written over.
  var talksToScreen: Bool { isTerminal(standardError) && variable("TERM") != "dumb" }

  /// Columns of the terminal that messages go to.
  var screenWidth: Int {
    var size = winsize()
    let known = unsafe ioctl(standardError, UInt(TIOCGWINSZ), &size) == 0
    return known && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}

extension RunRequest {
  /// Whether a status line is wanted, and there is a place for it.
  func showsStatus(in host: Host) -> Bool {
    switch progress {
    case .always: true
    case .auto: host.talksToScreen && verbosity == .normal
    case .never: false
    }
  }
}
