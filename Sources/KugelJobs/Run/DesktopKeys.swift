import Glibc
import KugelAudio
import KugelClient
import KugelDesktop
import KugelQueue
import KugelSystem

/// Steers a run by the keys of a desktop, as long as it is heard.
final class DesktopKeys: RunDesktop {
  private let host: Host
  private let inbox: Inbox<RunEvent>
  private let control: PlaybackControl
  private var player: MediaPlayer?

  init(in host: Host, inbox: Inbox<RunEvent>, control: PlaybackControl) {
    self.host = host
    self.inbox = inbox
    self.control = control
  }

  func show(title: String?, source: String?, isPaused: Bool) {
    var state = MediaState()
    (state.title, state.source, state.isPaused) = (title, source, isPaused)
    if let player { return player.show(state) }
    player = MediaPlayer(
      state, variable: host.variable, position: { [control] in control.heardSeconds() },
      wished: { [inbox] wish in inbox.post(Self.event(wish)) })
  }

  func hide() {
    player?.end()
    player = nil
  }

  private static func event(_ wish: MediaWish) -> RunEvent {
    switch wish {
    case .toggle: .steered(.init(.toggle))
    case .pause: .steered(.init(.pause))
    case .play: .steered(.init(.resume))
    case .next: .steered(.init(.on))
    case .previous: .steered(.init(.back))
    case .stop: .signal(SIGTERM)
    }
  }
}
