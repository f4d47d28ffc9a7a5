import KugelAudio
import KugelFloor
import KugelQueue
import KugelReading
import KugelSession
import KugelStreams
import KugelSystem

/// What every run is made of, whatever its part.
package struct RunSetup {
  /// Outputs and connections post to it.
  package var inbox: Inbox<RunEvent>
  package var outputs: OutputSet
  package var clock: any RunClock = SystemClock()
  /// Taken for each turn; nil: the speakers are ours throughout, or nobody's.
  package var floor: TurnFloor?
  package var events: EventLog?
  /// Hear everything that happens, each thing once and in order.
  package var listeners: [any RunListener] = []
  /// Read at the terminal while the run goes on.
  package var keys: (any RunKeys)?
  /// Shows what is heard elsewhere than on the terminal, and steers it from there.
  package var desktop: (any RunDesktop)?
  /// What is shown while the run goes on.
  package var observers: [any RunObserver] = []
  /// Where the input's bytes, or what is answered to them, are copied to.
  package var copyTo: CInt?
  /// Told of what is copied; nil where nothing is said beside it.
  package var copiedLine: CopiedLine?
  /// The same of what is typed; nil where nothing is.
  package var typedLine: CopiedLine?
  package var notify: (RunNotice) -> Void = { _ in }

  package init(inbox: Inbox<RunEvent>, outputs: OutputSet) {
    self.inbox = inbox
    self.outputs = outputs
  }
}

/// Hears what happens; called on the run's thread, or on that of its deputy while it waits.
package protocol RunListener: AnyObject {
  /// Whether hearing of sound may take long: it writes to what may not be ready.
  var mayWait: Bool { get }
  func hear(_ happening: Happening)
}

extension RunListener {
  package var mayWait: Bool { false }
}

/// Keys that steer a run. Called on the run's thread.
package protocol RunKeys: AnyObject {
  /// The process is about to be stopped, and goes on.
  func suspend()
  func resume()
  /// Nothing is to be steered any more.
  func end()
}

/// A place where a desktop shows what is heard. Called on the run's thread.
package protocol RunDesktop: AnyObject {
  /// - Parameters:
  ///   - title: the text's beginning.
  ///   - source: who speaks.
  func show(title: String?, source: String?, isPaused: Bool)
  /// Nothing is heard any more.
  func hide()
}

/// Looks on while a run goes on; called on the run's thread.
package protocol RunObserver: RunListener {
  /// Time between two calls of `look`.
  var interval: Duration { get }
  /// - Parameter copy: writes bytes to where the run copies to.
  func begin(_ copy: @escaping ([UInt8]) -> Void)
  /// No text follows.
  func hearEnd()
  func look(at now: ContinuousClock.Instant)
  /// Nothing more happens; what is copied now is the last.
  func over()
}

extension RunObserver {
  package func begin(_ copy: @escaping ([UInt8]) -> Void) {}
  package func over() {}
}

/// What a run tells that is no happening of its sessions.
package enum RunNotice {
  /// Something about the input, in a sentence without a stop.
  case warning(String)
  /// Who is waited for before this is heard, or who no longer is.
  case floor(FloorNotice)
  /// Nobody is waited for any more.
  case waitIsOver
  /// What the keys do.
  case keys
  /// What waited for the speakers is not said.
  case dropped(QueueRules.Drop)
}

/// An input that could not be read to its end.
package enum InputError: Equatable, Sendable {
  /// With the error number.
  case unreadable(String, code: CInt)
  case binary(String, BinaryInputError)
  /// A model or agent has failed, or its answer was cut.
  case answer(StreamFailure)
}

/// How a run ended, whatever its part.
package struct RunOutcome {
  package var signal: CInt?
  package var sinkErrors: [SinkError] = []
  /// The input that could not be read.
  package var inputError: InputError?
  /// The error number when something could not be copied on.
  package var copyError: CInt?
  /// What waited for the speakers was not worth saying any more.
  package var dropped: QueueRules.Drop?
  /// Another process played, and that was not to be waited for.
  package var speakersWereTaken = false
  /// Of sound that was given to files.
  package var writtenSeconds = 0.0

  package init() {}
}
