import KugelAudio

/// The cushion that a speaker's host needs, from one run to the next.
package struct CushionKeeper {
  private let memory: CushionMemory?
  private let host: String
  package let cushion: Duration

  /// - Parameter name: of the service's host; nil when there is none.
  package init?(service name: String?, in host: Host) {
    guard let name else { return nil }
    self.host = name
    memory = StateFolder.file("cushions", in: host).map { CushionMemory(path: $0) }
    cushion = memory?.cushion(for: name) ?? PlaybackSettings.remoteCushion
  }

  package func keep(_ learned: Duration) {
    if learned > cushion { memory?.remember(learned, for: host) }
  }
}
