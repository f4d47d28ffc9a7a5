/// How close two rounds of a loop may follow each other.
///
/// Every round asks the system about every socket, whether or not anything happened there. With
/// hundreds of them, and one thing after the other to be sent, a loop without pause would spend most of
/// its time asking. So rounds are kept apart by a multiple of what asking costs; a loop that was idle
/// begins at once.
package enum LoopPace: Sendable {
  /// What comes is wanted at once.
  case prompt
  /// Nobody waits for a part of what comes, only for its end: parts that follow each other closely are
  /// taken together, and whoever takes them is woken once.
  case patient

  /// Some thirty times what asking about one socket costs.
  private static let perSocket = Duration.microseconds(2)
  /// Shorter rests would cost more than they save.
  private static let shortest = Duration.microseconds(50)
  private static let longest = Duration.milliseconds(2)
  /// What can gather meanwhile, the system has room for.
  private static let gathering = Duration.milliseconds(1)

  /// Rounds whose news are handed over together: a connection with TLS gives a record in each.
  private static let mostRounds = 16

  /// Whether what was read is to be handed over before more is.
  ///
  /// - Parameters:
  ///   - isDrained: as below.
  ///   - rounds: since something was read that was not handed over.
  func handsOver(isDrained: Bool, rounds: Int) -> Bool {
    self == .prompt || isDrained || rounds >= Self.mostRounds
  }

  /// How long to wait before the next round.
  ///
  /// - Parameters:
  ///   - elapsed: since the last one began.
  ///   - isDrained: whether it has read all there was, and there was something.
  ///   - wantsToWrite: whether something is to be sent; who ends with it, such as the answer to a close, does not
  ///     wait for long.
  func rest(
    sockets: Int, since elapsed: Duration, isDrained: Bool, wantsToWrite: Bool
  ) -> Duration {
    let apart =
      self == .patient && isDrained && !wantsToWrite
      ? Self.gathering : min(Self.perSocket * sockets, Self.longest)
    let rest = apart - elapsed
    return rest < Self.shortest ? .zero : rest
  }
}
