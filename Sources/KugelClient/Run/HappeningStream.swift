import KugelSession
import KugelText
import KugelWire

/// What happens in a run, computed once and handed to all that listen. Used on the run's thread.
package final class HappeningStream {
  /// How the turns stand.
  package private(set) var state: Happenings
  private var listeners: [([Happening]) -> Void] = []

  package init(_ rules: TurnLedger.Rules = TurnLedger.Rules()) { state = Happenings(rules) }

  /// - Parameter listener: called with what happens, in order, and never with nothing.
  package func listen(_ listener: @escaping ([Happening]) -> Void) { listeners.append(listener) }

  /// What `SpeechSession.receive(event, at: now)` did.
  package func observe(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action],
    connectedIn parts: ConnectTimes?, at now: ContinuousClock.Instant
  ) -> [Happening] {
    tell(state.observe(event, actions, connectedIn: parts, at: now))
  }

  /// So many of all samples have been heard.
  package func played(_ position: Int, at now: ContinuousClock.Instant) -> [Happening] {
    tell(state.played(position, at: now))
  }

  /// The sound was cut, when so many samples had been heard.
  package func silenced(at position: Int, now: ContinuousClock.Instant) -> [Happening] {
    tell(state.silenced(at: position, now: now))
  }

  /// The speakers had nothing to play in the middle of a turn.
  package func ranDry(cushion: Duration, at now: ContinuousClock.Instant) -> [Happening] {
    tell(state.ranDry(cushion: cushion, at: now))
  }

  /// Input was read that is of the turn under way; what is said of it follows.
  package func wrote(_ text: String, at now: ContinuousClock.Instant) {
    _ = tell(state.wrote(text, at: now))
  }

  /// The text that is sent next was made from what was written.
  package func says(_ source: SourceMap) { state.says(source) }

  /// Input that was no text.
  package func skipped(_ text: String) { state.skipped(text) }
  /// The line of the input in which the next text stands.
  package func moved(toLine line: Int) { state.moved(toLine: line) }

  private func tell(_ happenings: [Happening]) -> [Happening] {
    if !happenings.isEmpty { for listener in listeners { listener(happenings) } }
    return happenings
  }
}
