/// Decides which connection's text an engine speaks next, where it speaks one or several at a time.
///
/// The listener whose audio runs out first comes first; who has heard nothing yet comes before all
/// others, so that a long text does not delay another's first sound. Jobs of one stream keep their
/// order. A held stream has enough audio that its client has not taken.
package struct JobQueue: Sendable {
  package typealias StreamID = Int

  private struct Stream {
    /// Whether a job of it is being done: the next one waits for its end.
    var isBusy = false
    var jobs: ArraySlice<SynthesisJob> = []
    var held = false
    /// When the audio made so far has been played, by the clock of a listener who began at once.
    var playedOut: ContinuousClock.Instant?
    /// Since when the first job waits; settles who comes first among those without audio.
    var waitingSince = 0
  }

  private var streams: [StreamID: Stream] = [:]
  private var lastStream = 0
  private var arrivals = 0

  package init() {}

  package mutating func open() -> StreamID {
    lastStream += 1
    streams[lastStream] = Stream()
    return lastStream
  }

  package mutating func close(_ stream: StreamID) { streams[stream] = nil }

  package mutating func submit(_ job: SynthesisJob, to stream: StreamID) {
    guard streams[stream] != nil else { return }
    arrivals += 1
    if streams[stream]?.jobs.isEmpty == true { streams[stream]?.waitingSince = arrivals }
    streams[stream]?.jobs.append(job)
  }

  package mutating func hold(_ stream: StreamID, _ held: Bool) { streams[stream]?.held = held }

  /// Takes the job to do now; nil when there is none. Its stream gets no other one until `finished`.
  package mutating func next(at now: ContinuousClock.Instant) -> (StreamID, SynthesisJob)? {
    var best: (id: StreamID, due: ContinuousClock.Instant?, since: Int)?
    for (id, stream) in streams where !stream.held && !stream.isBusy && !stream.jobs.isEmpty {
      // Audio that was played out long ago makes nobody more urgent than silence does.
      let due = stream.playedOut.flatMap { $0 > now ? $0 : nil }
      guard let leader = best else {
        best = (id, due, stream.waitingSince)
        continue
      }
      let isSooner =
        switch (due, leader.due) {
        case (nil, nil): stream.waitingSince < leader.since
        case (nil, .some): true
        case (.some, nil): false
        case (.some(let mine), .some(let other)): mine < other
        }
      if isSooner { best = (id, due, stream.waitingSince) }
    }
    guard let chosen = best?.id, let job = streams[chosen]?.jobs.popFirst() else { return nil }
    arrivals += 1
    streams[chosen]?.waitingSince = arrivals
    streams[chosen]?.isBusy = true
    return (chosen, job)
  }

  /// Streams of which a job could be taken now.
  package var ready: Int {
    streams.values.count { !$0.held && !$0.isBusy && !$0.jobs.isEmpty }
  }

  /// The job that was taken of a stream is done, or given up.
  package mutating func finished(_ stream: StreamID) { streams[stream]?.isBusy = false }

  /// Audio was made for a stream.
  package mutating func produced(
    _ audio: Duration, for stream: StreamID, at now: ContinuousClock.Instant
  ) {
    guard let known = streams[stream] else { return }
    streams[stream]?.playedOut = max(known.playedOut ?? now, now) + audio
  }
}
