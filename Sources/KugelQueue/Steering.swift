/// What one process of a user asks of another one that speaks or waits; the word is what goes over its
/// socket.
package enum Steering: String, CaseIterable, Sendable {
  /// End, as the signal TERM would.
  case stop
  /// What is being said is over, or what waits to be.
  case skip
  /// What waits is stale.
  case drop
  case pause
  case resume
  case toggle
  /// What is being said, from its start.
  case again
  /// A sentence back, and on.
  case back
  case on
  /// How far is it? The answer is a `SpeechReport`.
  case report
}
