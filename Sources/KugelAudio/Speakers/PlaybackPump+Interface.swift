extension PlaybackPump {
  enum Next: Equatable {
    /// Call `step` again after this time, or at news.
    case wait(Duration)
    /// The same, but sound that comes meanwhile is no news.
    case waitOut(Duration)
    /// Call `step` again at news.
    case rest
    case ended
    /// The device is gone; ALSA's words.
    case failed(String)
  }

  /// What the feeding side says besides samples.
  struct Feed: Equatable {
    /// Frames on their way to the ring.
    var upstream = 0
    var turnIsComplete = false
    var isFinished = false
    var isCut = false
  }
}
