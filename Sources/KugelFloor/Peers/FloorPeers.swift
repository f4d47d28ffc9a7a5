import Glibc
import KugelQueue
import KugelSystem

/// The other speaking processes of this user, by their sockets in the runtime folder.
package enum FloorPeers {
  /// Tells processes something and does not wait for what they do.
  ///
  /// - Returns: how many were told.
  @discardableResult
  package static func tell(_ steering: Steering, to ids: [Int32], in folder: String) -> Int {
    ids.count { id in
      guard let peer = call(steering, at: SpeechFloor.path(folder, .speakers, "\(id)")) else {
        return false
      }
      close(peer)
      return true
    }
  }

  /// Whether somebody listens at a socket of this machine.
  package static func isListening(at path: String) -> Bool {
    guard let peer = UnixSocket.connect(to: path) else { return false }
    close(peer)
    return true
  }

  /// Asks a process that speaks how far it is.
  ///
  /// - Returns: nil when it does not answer in time.
  package static func report(
    of id: Int32, in folder: String, patience: Duration = .milliseconds(200)
  ) -> SpeechReport? {
    let path = SpeechFloor.path(folder, .speakers, "\(id)")
    guard let peer = call(.report, at: path) else { return nil }
    defer { close(peer) }
    return UnixSocket.line(from: peer, until: .now + patience).flatMap(SpeechReport.init(json:))
  }

  /// Tells the speaking processes to stop and waits until they have, but not for ever.
  ///
  /// - Returns: how many were told.
  @discardableResult
  package static func stop(
    in folder: String, kinds: [SpeechFloor.Kind], except own: String? = nil,
    patience: Duration = .seconds(2)
  ) -> Int {
    let peers = tellToStop(in: folder, kinds: kinds, except: own)
    _ = wait(for: peers, atMost: patience)
    for peer in peers { close(peer) }
    return peers.count
  }

  /// Tells the speaking processes to stop, wakes those that are suspended, so that they can, and waits until
  /// all have.
  ///
  /// - Returns: the processes that are still there when patience has run out.
  package static func end(
    in folder: String, kinds: [SpeechFloor.Kind], patience: Duration = .seconds(2)
  ) -> [Int32] {
    let peers = tellToStop(in: folder, kinds: kinds)
    defer { for peer in peers { close(peer) } }
    let busy = wait(for: peers, atMost: patience / 8)
    for process in busy.compactMap(UnixSocket.process)
    where ProcessState(of: process) == .suspended {
      kill(process, SIGCONT)
    }
    return wait(for: busy, atMost: patience).compactMap(UnixSocket.process)
  }

  private static func tellToStop(
    in folder: String, kinds: [SpeechFloor.Kind], except own: String? = nil
  ) -> [CInt] {
    sockets(in: folder, kinds: kinds).filter { $0 != own }.compactMap { call(.stop, at: $0) }
  }

  /// - Returns: the connection, on which an answer may come; nil when nobody is there any more.
  private static func call(_ steering: Steering, at path: String) -> CInt? {
    guard let peer = UnixSocket.connect(to: path) else {
      // Left by a process that could not tidy up.
      if errno == ECONNREFUSED { unsafe unlink(path.nameBytes) }
      return nil
    }
    try? Descriptor.writeAll(steering.rawValue + "\n", to: peer)
    return peer
  }

  /// - Returns: those whose process has not ended.
  private static func wait(for peers: [CInt], atMost patience: Duration) -> [CInt] {
    let end = ContinuousClock.now + patience
    var waiting = peers
    while !waiting.isEmpty, ContinuousClock.now < end {
      let ready = Poller.wait(for: waiting, until: end)
      waiting = zip(waiting, ready).filter { !$0.1 }.map(\.0)
    }
    return waiting
  }

  /// Who holds the speakers, if that process is suspended.
  package static func suspendedHolder(in folder: String) -> Int32? {
    FloorLock(in: folder).holder.flatMap { ProcessState(of: $0) == .suspended ? $0 : nil }
  }

  private static func sockets(in folder: String, kinds: [SpeechFloor.Kind]) -> [String] {
    Folder.names(in: folder).filter { name in
      kinds.contains { name.hasPrefix($0.rawValue + "-") } && name.hasSuffix(".sock")
    }.map { "\(folder)/\($0)" }
  }
}
