import Glibc
import KugelSystem
import Synchronization

/// This process as a media player on the session's bus: desktops steer it by their keys. Where there is no
/// bus, or no library for it, it is not there.
@safe package final class MediaPlayer: Sendable {
  private enum News: Sendable {
    case state(MediaState)
    case end
  }

  private let news: Inbox<News>

  /// - Parameters:
  ///   - variable: reads the environment.
  ///   - position: how far what is said is, seconds; asked on another thread.
  ///   - wished: called on another thread.
  package init?(
    _ state: MediaState, variable: (String) -> String?,
    position: @escaping @Sendable () -> Double, wished: @escaping @Sendable (MediaWish) -> Void
  ) {
    guard Self.hasBus(variable), let news = try? Inbox<News>() else { return nil }
    self.news = news
    let isUnderWay = try? Thread(name: "kugel-desktop") {
      guard let library = BusLibrary(), let session = BusSession(library, state) else { return }
      session.position = position
      session.wished = wished
      session.announce()
      while true {
        guard session.process() else { return }
        _ = Poller.wait(for: [session.descriptor, news.descriptor], until: nil)
        for piece in news.drain() {
          switch piece {
          case .state(let state): session.show(state)
          case .end: return
          }
        }
      }
    }
    if isUnderWay == nil { return nil }
  }

  deinit { end() }

  package func show(_ state: MediaState) { news.post(.state(state)) }
  package func end() { news.post(.end) }

  /// Whether a session bus seems to be there: nothing is loaded where none is.
  private static func hasBus(_ variable: (String) -> String?) -> Bool {
    if let address = variable("DBUS_SESSION_BUS_ADDRESS"), !address.isEmpty { return true }
    guard let folder = variable("XDG_RUNTIME_DIR") else { return false }
    return (try? FileStatus(of: folder + "/bus"))?.kind == .socket
  }
}
