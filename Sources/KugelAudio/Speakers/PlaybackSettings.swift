/// How sound is held back, begun and kept going.
package struct PlaybackSettings: Equatable, Sendable {
  /// How much sound must be there before it begins.
  package enum Prebuffer: Equatable, Sendable {
    /// A cushion that suits the service.
    case auto
    case atLeast(Duration)
    /// The whole turn.
    case all
  }

  /// The longest cushion that is ever learned.
  package static let longestCushion = Duration.milliseconds(1000)
  /// The cushion for a service on a network of which nothing is known yet.
  package static let remoteCushion = Duration.milliseconds(120)
  /// What a gap adds.
  static let growth = Duration.milliseconds(100)

  package var prebuffer = Prebuffer.auto
  /// The cushion of `.auto`. `.zero` is for engines in this process, and stays.
  package var cushion = Duration.zero
  /// Silence that goes before the first sound of a device just opened or woken.
  package var leadIn = Duration.zero
  /// How long the device is fed silence when nothing is said.
  package var keepWarm = Duration.seconds(10)

  package init() {}
}
