/// How close two rounds of a loop may follow each other.
///
/// Every round asks the system about every socket, whether or not anything happened there. With
/// hundreds of them, and one thing after the other to be sent, a loop without pause would spend most of
/// its time asking. So rounds are kept apart by a multiple of what asking costs; a loop that was idle
/// begins at once.
enum LoopPace {
  /// Some thirty times what asking about one socket costs.
  private static let perSocket = Duration.microseconds(2)
  /// Shorter rests would cost more than they save.
  private static let shortest = Duration.microseconds(50)
  private static let longest = Duration.milliseconds(2)

  /// How long to wait before the next round.
  ///
  /// - Parameter elapsed: since the last one began.
  static func rest(sockets: Int, since elapsed: Duration) -> Duration {
    let rest = min(perSocket * sockets, longest) - elapsed
    return rest < shortest ? .zero : rest
  }
}
