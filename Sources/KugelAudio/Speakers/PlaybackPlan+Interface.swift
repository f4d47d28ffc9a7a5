extension PlaybackPlan {
  /// What is to be known for a decision. Frames are the device's.
  struct Observation: Equatable {
    /// On any clock, the same from call to call.
    var now: Duration
    /// Frames that can be written at once.
    var ready: Int
    /// Frames that have arrived and are not written, those that are ready included.
    var backlog: Int
    /// No more sound follows in this turn.
    var turnIsComplete = false
    /// No turn follows either.
    var isFinished = false
    /// Whether the text of the turn is known to its end.
    var textIsComplete = true
    /// Frames that the device takes now.
    var room: Int
    /// Frames written and not yet heard; a sound server's own delay is in it.
    var unheard: Int
    /// The silence behind the last sound that was written.
    var silence = Silence()
    var isPaused = false
  }

  /// Frames of silence at the end of what was written.
  struct Silence: Equatable {
    var heard = 0
    /// Not yet heard.
    var ahead = 0
  }

  enum Action: Equatable {
    case play(frames: Int, fadesIn: Bool)
    case silence(frames: Int)
    /// Take back silence that is not heard yet, as much as the device gives back of so many frames.
    case giveWay(frames: Int)
    /// Look again after this time, or at news.
    case wait(Duration)
    /// The same, but sound that comes meanwhile is no news.
    case waitOut(Duration)
    /// Look again at news.
    case rest
    /// Make the device stop for a long while; `wakeUp` comes before anything is written.
    case sleep
    case wakeUp
    /// Fall silent where the sound is, and keep what was not heard.
    case hold
    /// Wait until all is heard, then end.
    case drain
    /// End at once: nothing but silence is in the device.
    case end
  }

  enum Phase: Equatable {
    /// Silence until the cushion is full. `since`: when the first sound of it arrived.
    case gathering(since: Duration?)
    case speaking
    case asleep
    case paused
  }
}
