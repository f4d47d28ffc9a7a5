import Glibc
import KugelCore
import KugelThreads

/// The stream of events of one process, written on a thread of its own. Used on one thread.
package final class EventLog {
  private var recorder: EventRecorder
  private let copier: TextCopier
  private var isOver = false
  private var lastPosition: ContinuousClock.Instant?

  /// - Parameters:
  ///   - descriptor: stays the caller's.
  ///   - start: when the program began.
  ///   - audioEvery: how often audio is told of at most.
  package init(
    descriptor: CInt, start: ContinuousClock.Instant, audioEvery: Duration?,
    explain: @escaping EventRecorder.Explanation
  ) throws(ThreadError) {
    recorder = EventRecorder(start: start, audioEvery: audioEvery, explain: explain)
    // A reader of events that goes away is no reason to fall silent.
    copier = try TextCopier(descriptor: descriptor) { _ in }
  }

  package func note(_ body: SpeechEvent.Body, line: Int? = nil) {
    write([recorder.event(body, line: line, at: .now)])
  }

  package func write(_ event: SpeechEvent) { write([event]) }

  /// The last event; returns when all are written.
  package func end(exit: Int) {
    guard !isOver else { return }
    note(.end(exit: exit))
    isOver = true
    copier.finish()
  }

  func observe(
    _ event: SpeechSession.Event, _ actions: [SpeechSession.Action], connectedIn: ConnectTimes?,
    at now: ContinuousClock.Instant
  ) {
    write(recorder.observe(event, actions, connectedIn: connectedIn, at: now))
  }

  func played(_ position: Int, at now: ContinuousClock.Instant) {
    lastPosition = now
    write(recorder.played(position, at: now))
  }

  func silenced(at position: Int, now: ContinuousClock.Instant) {
    write(recorder.silenced(at: position, now: now))
  }

  func ranDry(at now: ContinuousClock.Instant) { write(recorder.ranDry(cushion: .zero, at: now)) }

  /// When `played` is due.
  var deadline: ContinuousClock.Instant? {
    recorder.wantsPosition ? (lastPosition ?? .now) + .milliseconds(100) : nil
  }

  private func write(_ events: [SpeechEvent]) {
    guard !isOver else { return }
    for event in events { copier.copy(event.bytes) }
  }
}
