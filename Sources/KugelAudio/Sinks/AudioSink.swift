/// Where samples end: a file, a pipe, a sound device. One thread at a time calls it; calls block.
package protocol AudioSink: AnyObject {
  /// What messages call it: a path, `standard output`, a device name.
  var target: String { get }

  /// Takes samples in play order, interleaved where the sink was made for several channels.
  ///
  /// - Parameter rate: Hz; may change from call to call, the sink converts to its own.
  func write(_ samples: [Int16], rate: Int) throws(SinkError)

  /// Takes samples as `write` does where that needs no waiting and little work; for whoever brings them, so
  /// that no other thread has to be woken for them.
  func writeAtOnce(_ samples: [Int16], rate: Int) throws(SinkError) -> Taken

  /// Returns when all that `writeAtOnce` has taken has gone where `write` would have brought it.
  func flush() throws(SinkError)

  /// Returns when the last sample has been played or the file is complete under its final name.
  func finish() throws(SinkError)

  /// Ends early: a device falls silent at once, a file keeps what was written and becomes valid.
  func cut() throws(SinkError)

  /// No more samples follow in this turn; others may.
  func endTurn() throws(SinkError)

  /// Follows `silencer`, and what had been queued before it is dropped: the next samples are new.
  func hush() throws(SinkError)

  /// Makes a device silent at once, for samples that will not be heard; called from any thread, before
  /// `hush()`. What a file has stays there.
  var silencer: @Sendable () -> Void { get }

  /// Lets the sink see what waits for it; called once, before any sample.
  func attach(_ backlog: SinkBacklog)

  /// Seconds of sound that may gather before it is given any, because nobody hears or reads it yet.
  var patience: Double { get }

  /// Makes a call in progress, and all later ones, return early; called from any thread, before `cut()`.
  var interrupter: @Sendable () -> Void { get }
}

extension AudioSink {
  /// For sinks whose calls never wait long.
  package var interrupter: @Sendable () -> Void { {} }
}

extension AudioSink {
  package var patience: Double { 0 }

  /// For sinks that do not ask when their samples are heard.
  package func endTurn() throws(SinkError) {}
  package func hush() throws(SinkError) {}
  package func flush() throws(SinkError) {}
  package func writeAtOnce(_ samples: [Int16], rate: Int) throws(SinkError) -> Taken { .nothing }
  package var silencer: @Sendable () -> Void { {} }
  package func attach(_ backlog: SinkBacklog) {}
}

/// What `AudioSink.writeAtOnce` did.
package enum Taken: Equatable, Sendable {
  /// Left all of it to `write`.
  case nothing
  /// Took all, and still has some of it in hand: `flush` follows.
  case inHand
  case all
}

/// Why a sink could not take its samples; `target` is in every message.
package enum SinkError: Error, Equatable, Sendable {
  /// The output could not be made. Exit 73, for a terminal 64.
  case cannotCreate(target: String, cause: CreationObstacle)
  /// Writing or playing failed under way: full disk, lost device. Exit 74.
  case failed(target: String, cause: String)
  /// The reader of a pipe went away. Exit 141, silent.
  case readerGone(target: String)
}
