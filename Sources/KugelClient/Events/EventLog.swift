import Glibc
import KugelSession
import KugelSystem
import Synchronization

/// The stream of events of one process, written on a thread of its own. Used on one thread.
package final class EventLog: RunListener {
  private var recorder: EventRecorder
  private let copier: TextCopier
  private var isOver = false
  private let trouble: Trouble

  /// What the thread that writes reports.
  private final class Trouble: Sendable {
    let code = Mutex<CInt?>(nil)
  }

  /// - Parameters:
  ///   - descriptor: stays the caller's.
  ///   - isOwnFile: the descriptor is of a file that holds nothing else.
  ///   - start: when the program began.
  ///   - audioEvery: how often audio is told of at most.
  package init(
    descriptor: CInt, isOwnFile: Bool = false, start: ContinuousClock.Instant,
    audioEvery: Duration?,
    explain: @escaping EventRecorder.Explanation
  ) throws(SystemError) {
    recorder = EventRecorder(start: start, audioEvery: audioEvery, explain: explain)
    let trouble = Trouble()
    self.trouble = trouble
    copier = try TextCopier(descriptor: descriptor, isOwnFile: isOwnFile) { code in
      trouble.code.withLock { $0 = code }
    }
  }

  /// Why events were lost; a reader of them that went away is no reason to fail.
  package var failure: SystemError? {
    trouble.code.withLock { $0 }.flatMap { $0 == EPIPE ? nil : SystemError(code: $0) }
  }

  package func hear(_ happening: Happening) { write(recorder.tell(happening)) }

  package func note(
    _ body: SpeechEvent.Body, turn: Int? = nil, context: String? = nil, line: Int? = nil
  ) {
    var event = recorder.event(body, turn: turn, line: line, at: .now)
    event.context = context
    write([event])
  }

  /// The error that the run ends with, unless a turn's end has told it.
  package func fail(_ trouble: SpeechEvent.Trouble) {
    write([recorder.last(trouble, at: .now)].compactMap(\.self))
  }

  /// The last event; returns when all are written.
  package func end(exit: Int) {
    guard !isOver else { return }
    note(.end(exit: exit))
    isOver = true
    copier.finish()
  }

  private func write(_ events: [SpeechEvent]) {
    guard !isOver else { return }
    for event in events { copier.copy(event.bytes) }
  }
}
