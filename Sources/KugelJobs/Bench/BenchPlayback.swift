import KugelAudio
import KugelClient

/// The speakers on which measured turns are played, open from before the first turn to the end.
package struct BenchPlayback {
  package let playback: DevicePlayback
  /// The device and its cushion, for reports.
  package let description: String

  /// - Throws: 64 for a name that begins several devices, `SinkError` when the device cannot be opened.
  package init(_ speakers: SpeakerOutput, for subjects: [BenchSubjects.Made]) throws {
    let device = try speakers.device.map { try SoundDevices.find($0) } ?? ALSADevices.defaultName
    var settings = speakers.settings
    // What was learned of a host is left out: figures are to be the same on the next machine.
    if subjects.contains(where: { $0.place != .inProcess }) {
      settings.cushion = PlaybackSettings.remoteCushion
    }
    // Whether a device wakes up must not depend on how long the turn before took.
    settings.keepWarm = .seconds(86_400)
    playback = DevicePlayback(
      device: device, control: PlaybackControl(settings: settings), capacity: 600, onChange: {})
    playback.waitUntilOpen()
    if case .failed(let error) = playback.state { throw error }
    description = "\(device), cushion \(settings.shownCushion)"
  }

  package func end() { playback.cut() }
}
