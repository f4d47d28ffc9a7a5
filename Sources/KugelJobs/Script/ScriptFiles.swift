import KugelAudio
import KugelClient
import KugelSystem
import Synchronization

/// The outputs of a script: the mix, the speakers, a folder of stems and one of lines.
package final class ScriptFiles {
  private let request: ScriptRequest
  private let mix: AudioOutput?
  private let changed: @Sendable () -> Void
  /// Files that replace others.
  private let held = Mutex<[HeldFile]>([])

  package init(_ request: ScriptRequest, inbox: Inbox<ScriptRun.Event>) {
    self.request = request
    changed = { inbox.post(.sinkChanged) }
    mix = request.file.map { file in
      var output = AudioOutput(
        path: file.path, format: file.format, rate: file.rate, channels: request.channels,
        overwrite: file.overwrite)
      (output.volume, output.leadIn) = (file.volume, file.leadIn)
      return output
    }
  }

  /// Whether the outputs can be made, before anything is spoken; makes the folders.
  package func check() throws {
    try mix?.check()
    if let device = request.speakers?.device { _ = try SoundDevices.find(device) }
    for folder in [request.stems, request.lines].compactMap(\.self) {
      do throws(SystemError) { try Folder.make(folder) } catch {
        throw UserError(.cannotCreate, "cannot create \(folder): \(error.cause)")
      }
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
        { [self] _, name in
          var output = part(in: folder, name: name ?? "+sounds")
          output.leadIn = request.partLeadIn
          return runner(output)
        }
      },
      line: request.lines.map { folder in
        { [self] number, name in
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
    var output = AudioOutput(
      path: "\(folder)/\(name).\(type)", format: request.partFormat, rate: request.partRate,
      overwrite: request.overwrite)
    output.volume = request.partVolume
    return output
  }

  /// A run that failed or was cut leaves files that were there as they were.
  ///
  /// - Returns: what is to be said of fragments.
  package func settle(isWhole: Bool) throws(SinkError) -> [String] {
    var remarks: [String] = []
    for file in held.withLock({ $0 }) {
      if let remark = try file.settle(isWhole: isWhole) { remarks.append(remark) }
    }
    return remarks
  }

  private func runner(_ output: AudioOutput, pace: Pace = .fast) -> SinkRunner {
    let held = HeldFile()
    self.held.withLock { $0.append(held) }
    return SinkRunner(
      target: output.target, capacitySeconds: 10, channels: output.channels, onChange: changed,
      makeSink: { () throws(SinkError) in
        let sink = try output.open(holding: held)
        return pace == .realtime ? PacedSink(sink, channels: output.channels) : sink
      })
  }
}
