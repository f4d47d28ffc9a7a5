import Glibc
import KugelAudio
import KugelClient
import KugelSystem

/// The outputs of a script: the mix, the speakers, a folder of stems and one of lines.
package struct ScriptFiles {
  private let request: ScriptRequest
  private let mix: AudioOutput?
  private let changed: @Sendable () -> Void

  package init(_ request: ScriptRequest, inbox: Inbox<ScriptRun.Event>) {
    self.request = request
    changed = { inbox.post(.sinkChanged) }
    mix = request.file.map { file in
      AudioOutput(
        path: file.path, format: file.format, rate: file.rate, channels: request.channels,
        overwrite: file.overwrite)
    }
  }

  /// Whether the outputs can be made, before anything is spoken; makes the folders.
  package func check() throws {
    try mix?.check()
    if let device = request.speakers?.device { _ = try SoundDevices.find(device) }
    for folder in [request.stems, request.lines].compactMap(\.self) {
      guard unsafe mkdir(folder, 0o777) != 0, errno != EEXIST else { continue }
      throw UserError(.cannotCreate, "cannot create \(folder): \(systemMessage(errno))")
    }
  }

  package func check(speakers: [String]) throws(SinkError) {
    guard let folder = request.stems else { return }
    for speaker in speakers { try part(in: folder, name: speaker).check() }
  }

  /// - Parameter control: of the speakers; nil when nothing is played.
  package func outputs(rate: Int, control: PlaybackControl?) throws -> ScriptOutputs {
    ScriptOutputs(
      rate: rate, channels: request.channels,
      mixes: mix.map { [runner($0, pace: request.file?.pace ?? .fast)] } ?? [],
      playback: try playback(control), capacity: request.speakers == nil ? 10 : 600,
      stem: request.stems.map { folder in
        // No speaker can be called so.
        { _, name in runner(part(in: folder, name: name ?? "+sounds")) }
      },
      line: request.lines.map { folder in
        { number, name in
          let digits = "\(number)"
          let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
          return runner(part(in: folder, name: "\(padded)-\(name ?? "sound")"))
        }
      })
  }

  private func playback(_ control: PlaybackControl?) throws -> (any Playback)? {
    guard let speakers = request.speakers, let control else { return nil }
    let name = try speakers.device.map { try SoundDevices.find($0) } ?? ALSADevices.defaultName
    return DevicePlayback(
      device: name, channels: request.channels, control: control, capacity: 600, onChange: changed)
  }

  private func part(in folder: String, name: String) -> AudioOutput {
    let type = request.partFormat.extensions.first ?? "wav"
    return AudioOutput(
      path: "\(folder)/\(name).\(type)", format: request.partFormat, rate: request.partRate,
      overwrite: request.overwrite)
  }

  private func runner(_ output: AudioOutput, pace: Pace = .fast) -> SinkRunner {
    SinkRunner(
      target: output.target, capacitySeconds: 10, channels: output.channels, onChange: changed,
      makeSink: { () throws(SinkError) in
        let sink = try output.open()
        return pace == .realtime ? PacedSink(sink, channels: output.channels) : sink
      })
  }
}
