import KugelSystem

extension Host {
  /// Whether messages go to a terminal on which a line can be written over.
  var talksToScreen: Bool { isTerminal(standardError) && variable("TERM") != "dumb" }

  /// Columns of the terminal that messages go to.
  var screenWidth: Int { TerminalSize.columns(of: standardError) ?? 80 }
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
