import KugelAudio
import KugelClient

/// The speakers of a run: how they are fed, and what is learned of that for the next.
struct RunSpeakers {
  let control: PlaybackControl
  private let cushions: CushionKeeper?

  /// - Parameter service: of the service elsewhere that speaks; nil when all is in this process.
  /// - Returns: nil when nothing is played.
  init?(_ request: RunRequest, service: String?, in host: Host) {
    guard let speakers = request.speakers else { return nil }
    cushions = CushionKeeper(service: service, in: host)
    var settings = speakers.settings
    settings.cushion = cushions?.cushion ?? .zero
    control = PlaybackControl(settings: settings, volume: speakers.volume)
  }

  func keepCushion() { cushions?.keep(control.status.cushion) }
}
