import KugelAudio
import KugelClient
import KugelConversation
import KugelFloor
import KugelSession
import KugelSystem
import Synchronization

/// The outputs that a request asks for: the speakers, a file of everything, and of a script folders of
/// stems and of lines.
struct RunOutputs {
  /// Folders for files that hold a part of the sound each.
  struct Parts {
    var stems: String?
    var lines: String?
    var format: AudioFormat
    /// Hz; nil leaves it to the format and the mix.
    var rate: Int?
    var overwrite: Bool
    /// Decibels that the sound is raised by.
    var volume = 0.0
    /// Silence before the first sound of a stem.
    var leadIn = Duration.zero

    fileprivate func file(
      _ folder: String, _ name: String, leadIn: Duration = .zero
    ) -> AudioOutput {
      var output = AudioOutput(
        path: "\(folder)/\(name).\(format.extensions.first ?? "wav")", format: format, rate: rate,
        overwrite: overwrite)
      (output.volume, output.leadIn) = (volume, leadIn)
      return output
    }
  }

  /// Seconds of sound that wait for a file or a pipe, and for a file of a part.
  private static let (fileSeconds, partSeconds) = (5.0, 10.0)
  /// Speakers take an hour for an hour of audio; a text that is ahead of them must not be lost.
  private static let speakerSeconds = 600.0

  private let request: RunRequest
  private let channels: Int
  private let parts: Parts?
  private let file: AudioOutput?
  private let inbox: Inbox<RunEvent>
  private let held = Held()
  /// Of the file that takes the sound at its own pace, where nothing else plays; what has passed is heard.
  let pace: PaceControl?

  /// Files that replace others, and wait until that is known to be right.
  private final class Held: Sendable {
    let files = Mutex<[HeldFile]>([])
  }

  init(
    _ request: RunRequest, channels: Int = 1, parts: Parts? = nil, inbox: Inbox<RunEvent>
  ) {
    self.request = request
    self.channels = channels
    self.parts = parts
    self.inbox = inbox
    pace = request.speakers == nil && request.file?.pace == .realtime ? PaceControl() : nil
    file = request.file.map { file in
      var output = AudioOutput(
        path: file.path, format: file.format, rate: file.rate, channels: channels,
        overwrite: file.overwrite)
      (output.volume, output.leadIn) = (file.volume, file.leadIn)
      return output
    }
  }

  /// Whether the outputs can be made, before anything is spoken; makes the folders.
  func check() throws {
    try file?.check()
    if let device = request.speakers?.device { _ = try SoundDevices.find(device) }
    for folder in [parts?.stems, parts?.lines].compactMap(\.self) {
      do throws(SystemError) { try Folder.make(folder) } catch {
        throw UserError(.cannotCreate, "cannot create \(folder): \(error.cause)")
      }
    }
  }

  func check(stemsOf speakers: [String]) throws(SinkError) {
    guard let parts, let folder = parts.stems else { return }
    for speaker in speakers { try parts.file(folder, speaker).check() }
  }

  /// - Parameters:
  ///   - control: of the speakers; nil when nothing is played.
  ///   - memory: keeps what is played; nil where nothing can be gone back to.
  ///   - partRate: Hz of what the files of parts are given.
  ///   - recordsHeard: files hold what was heard and nothing else.
  func open(
    control: PlaybackControl?, memory: SoundMemory? = nil, partRate: Int = 0,
    recordsHeard: Bool = false
  ) throws -> OutputSet {
    let file = file.map {
      runner($0, seconds: Self.fileSeconds, pace: request.file?.pace ?? .fast)
    }
    let parts = partFiles(rate: partRate)
    if let pace, let file {
      return OutputSet(
        [], playback: PacedPlayback(file, control: pace), channels: channels, capacity: capacity,
        recordsHeard: recordsHeard, parts: parts)
    }
    return OutputSet(
      [file].compactMap(\.self), playback: try playback(control, memory), channels: channels,
      capacity: capacity, recordsHeard: recordsHeard, parts: parts)
  }

  private var capacity: Double {
    if request.speakers != nil { return Self.speakerSeconds }
    return parts == nil ? Self.fileSeconds : Self.partSeconds
  }

  private func partFiles(rate: Int) -> PartFiles? {
    guard let parts, parts.stems != nil || parts.lines != nil else { return nil }
    return PartFiles(
      rate: rate,
      stem: parts.stems.map { folder in
        // No speaker can be called so.
        { _, name in part(parts.file(folder, name ?? "+sounds", leadIn: parts.leadIn)) }
      },
      line: parts.lines.map { folder in
        { number, name in
          let digits = "\(number)"
          let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
          return part(parts.file(folder, "\(padded)-\(name ?? "sound")"))
        }
      })
  }

  private func part(_ output: AudioOutput) -> PartFile {
    PartFile(path: output.target, runner: runner(output, seconds: Self.partSeconds))
  }

  private func playback(
    _ control: PlaybackControl?, _ memory: SoundMemory?
  ) throws -> (any Playback)? {
    guard let speakers = request.speakers, let control else { return nil }
    let name = try speakers.device.map { try SoundDevices.find($0) } ?? ALSADevices.defaultName
    let device = DevicePlayback(
      device: name, channels: channels, control: control, capacity: Self.speakerSeconds
    ) { [inbox] in inbox.post(.sinkChanged) }
    guard let memory else { return device }
    return RereadingPlayback(device, memory: memory, channels: channels) { control.goOn(by: $0) }
  }

  private func runner(
    _ output: AudioOutput, seconds: Double, pace: Pace = .fast, isHeld: Bool = true
  ) -> SinkRunner {
    let held = HeldFile()
    if isHeld { self.held.files.withLock { $0.append(held) } }
    return SinkRunner(
      target: output.target, capacitySeconds: seconds, channels: output.channels,
      onChange: { [inbox] in inbox.post(.sinkChanged) },
      makeSink: { [inbox, control = self.pace] () throws(SinkError) in
        let sink = try output.open(holding: isHeld ? held : nil) {
          inbox.post(.outputWaits(output.target))
        }
        guard pace == .realtime else { return sink }
        return PacedSink(sink, channels: output.channels, control: control ?? PaceControl())
      })
  }

  /// A recording in a conversation.
  func recorder(
    _ path: String, overwrite: Bool
  ) throws(ConversationProblem) -> SinkRunner {
    guard let format = AudioFormat(path: path) else {
      throw ConversationProblem("no format is known by the extension of \(path)")
    }
    let output = AudioOutput(path: path, format: format, overwrite: overwrite)
    do throws(SinkError) {
      try output.check()
    } catch {
      throw ConversationProblem(UserError(telling: error).message)
    }
    return runner(output, seconds: Self.partSeconds, isHeld: false)
  }

  /// A run that failed or was cut leaves files that were there as they were.
  ///
  /// - Returns: what is to be said of fragments.
  func settle(isWhole: Bool) throws(SinkError) -> [String] {
    var remarks: [String] = []
    for file in held.files.withLock({ $0 }) {
      if let remark = try file.settle(isWhole: isWhole) { remarks.append(remark) }
    }
    return remarks
  }

  /// What became of the file of everything; nil when none was asked for.
  ///
  /// - Parameter wasCut: what it holds ended early.
  func report(_ outcome: RunOutcome, wasCut: Bool) -> SpeechEvent.Body? {
    guard let file = request.file else { return nil }
    let hasFailed = outcome.sinkErrors.contains { $0.target == self.file?.target }
    return .file(
      path: file.path, duration: hasFailed ? nil : .seconds(outcome.writtenSeconds),
      state: hasFailed ? .failed : wasCut ? .cut : .complete)
  }
}

extension SinkError {
  fileprivate var target: String {
    switch self {
    case .cannotCreate(let target, cause: _), .failed(let target, cause: _),
      .readerGone(let target):
      target
    }
  }
}
