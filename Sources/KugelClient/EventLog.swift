import Glibc
import KugelSession
import KugelSystem
import KugelWire
import Synchronization

/// The stream of events of one process, written on a thread of its own. Used on one thread.
package final class EventLog {
  private var happenings = Happenings()
  private var recorder: EventRecorder
  private let copier: TextCopier?
  private var isOver = false
  /// Hears every event too.
  package var listener: ((SpeechEvent) -> Void)?
  private var lastPosition: ContinuousClock.Instant?
  private let trouble: Trouble

  /// What the thread that writes reports.
  private final class Trouble: Sendable {
    let code = Mutex<CInt?>(nil)
  }

  /// - Parameters:
  ///   - descriptor: stays the caller's; nil: there is only the listener.
  ///   - isOwnFile: the descriptor is of a file that holds nothing else.
  ///   - start: when the program began.
  ///   - audioEvery: how often audio is told of at most.
  package init(
    descriptor: CInt?, isOwnFile: Bool = false, start: ContinuousClock.Instant,
    audioEvery: Duration?, explain: @escaping EventRecorder.Explanation
  ) throws(SystemError) {
    recorder = EventRecorder(start: start, audioEvery: audioEvery, explain: explain)
    let trouble = Trouble()
    self.trouble = trouble
    copier =
      if let descriptor {
        try TextCopier(descriptor: descriptor, isOwnFile: isOwnFile) { code in
          trouble.code.withLock { $0 = code }
        }
      } else {
        nil
      }
  }

  /// Why events were lost; a reader of them that went away is no reason to fail.
  package var failure: SystemError? {
    trouble.code.withLock { $0 }.flatMap { $0 == EPIPE ? nil : SystemError(code: $0) }
  }

  package func note(_ body: SpeechEvent.Body, turn: Int? = nil, line: Int? = nil) {
    write([recorder.event(body, turn: turn, line: line, at: .now)])
  }

  package func write(_ event: SpeechEvent) { write([event]) }

  /// The error that the run ends with, unless a turn's end has told it.
  package func fail(_ trouble: SpeechEvent.Trouble) {
    write([recorder.last(trouble, at: .now)].compactMap(\.self))
  }

  /// The last event; returns when all are written.
  package func end(exit: Int) {
    guard !isOver else { return }
    note(.end(exit: exit))
    isOver = true
    copier?.finish()
  }

  func observe(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action], connectedIn: ConnectTimes?,
    at now: ContinuousClock.Instant
  ) {
    tell(happenings.observe(event, actions, connectedIn: connectedIn, at: now))
  }

  /// Input that was no text.
  func skipped(_ text: String) { happenings.skipped(text) }
  func moved(toLine line: Int) { happenings.moved(toLine: line) }

  func played(_ position: Int, at now: ContinuousClock.Instant) {
    lastPosition = now
    tell(happenings.played(position, at: now))
  }

  func silenced(at position: Int, now: ContinuousClock.Instant) {
    tell(happenings.silenced(at: position, now: now))
  }

  func ranDry(cushion: Duration, at now: ContinuousClock.Instant) {
    tell(happenings.ranDry(cushion: cushion, at: now))
  }

  /// When `played` is due.
  var deadline: ContinuousClock.Instant? {
    happenings.wantsPosition ? (lastPosition ?? .now) + .milliseconds(100) : nil
  }

  private func tell(_ happenings: [Happening]) { write(recorder.tell(happenings)) }

  private func write(_ events: [SpeechEvent]) {
    guard !isOver else { return }
    for event in events {
      listener?(event)
      copier?.copy(event.bytes)
    }
  }
}
