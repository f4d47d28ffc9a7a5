import CLazyLibraries
import KugelSystem

/// A sound file.
///
/// It grows beside its target under a hidden name and is renamed when it is complete. However it ends, by
/// `finish`, `cut`, a failed write or the end of the sink, what was written is a valid file under its final
/// name; but where another file has that name, one that could not be written whole is kept beside it.
/// Nothing written, no file.
package final class FileSink: AudioSink {
  /// What tests change.
  struct Settings {
    /// Bytes after which the disk counts as full.
    var room = Int.max
    /// Bytes that a RIFF file may hold before it becomes RF64; leaves room for header and padding.
    var riffLimit = 0xFFFF_0000
  }

  package let target: String
  /// It is written into by the batch anyway.
  package let patience = 0.5

  private enum State {
    case untouched
    case recording(Recording)
    case ended
  }

  private var state = State.untouched
  private let file: FileTarget
  private let format: AudioFormat
  private let rate: Int?
  private let channels: Int
  private let overwrite: Bool
  private let settings: Settings
  private let held: HeldFile?
  private let isDraft: Bool

  /// - Parameters:
  ///   - path: a regular file or nothing yet; see `AudioOutput` for the rest.
  ///   - rate: Hz, one that the format holds; nil takes the format's choice for the first samples.
  ///   - channels: interleaved in what is written.
  ///   - overwrite: a file that is there is replaced at the end, and its permission kept; an empty one
  ///     always is.
  ///   - held: gets the complete file when there is one to be replaced, instead of its replacing it.
  /// - Throws: `.cannotCreate`, as `check` does.
  package convenience init(
    path: String, format: AudioFormat, rate: Int? = nil, channels: Int = 1, overwrite: Bool = false,
    held: HeldFile? = nil
  ) throws(SinkError) {
    try self.init(
      path: path, format: format, rate: rate, channels: channels, overwrite: overwrite,
      settings: Settings(), held: held)
  }

  /// A file that grows under its own name, which nobody else knows: what it is when it was not ended is for
  /// its maker to find out.
  package init(draft path: String, format: AudioFormat, rate: Int? = nil, channels: Int = 1) {
    target = path
    file = FileTarget(path)
    self.format = format
    self.rate = rate
    self.channels = channels
    overwrite = true
    settings = Settings()
    held = nil
    isDraft = true
  }

  init(
    path: String, format: AudioFormat, rate: Int?, channels: Int = 1, overwrite: Bool,
    settings: Settings, held: HeldFile? = nil
  ) throws(SinkError) {
    self.held = held
    isDraft = false
    try Self.check(path: path, format: format, overwrite: overwrite)
    target = path
    file = FileTarget(path)
    self.format = format
    self.rate = rate
    self.channels = channels
    self.overwrite = overwrite
    self.settings = settings
    if (try? file.occupant()) == .stream { throw file.refusal("is not a regular file") }
  }

  deinit { try? end() }

  /// Whether the file may be written; makes nothing. Ends the process where the format needs a library that is not
  /// there, before anything is made for it.
  ///
  /// - Throws: `.cannotCreate`: "exists", a directory, no permission, no such directory.
  package static func check(
    path: String, format: AudioFormat, overwrite: Bool
  ) throws(SinkError) {
    if !format.storesSamplesAsTheyAre { unsafe kugel_library_require("libsndfile.so.1") }
    try FileTarget(path).check(overwrite: overwrite)
  }

  /// - Throws: `.cannotCreate` from the first call; `.failed` when the disk is full or the like, after
  ///   which the file is complete with what it could hold.
  package func write(_ samples: [Int16], rate: Int) throws(SinkError) {
    guard !samples.isEmpty else { return }
    do {
      try recording(rate: rate)?.append(samples, rate: rate)
    } catch {
      // How it ended says more: where the sound is that found room.
      try end()
      throw error
    }
  }

  package func finish() throws(SinkError) { try end() }

  package func cut() throws(SinkError) { try end() }

  private func recording(rate source: Int) throws(SinkError) -> Recording? {
    switch state {
    case .recording(let recording): return recording
    case .ended: return nil
    case .untouched:
      let recording = try Recording(
        file, format: format, rate: rate ?? format.rate(forSource: source), channels: channels,
        settings: settings, isDraft: isDraft)
      state = .recording(recording)
      return recording
    }
  }

  private func end() throws(SinkError) {
    guard case .recording(let recording) = state else {
      state = .ended
      return
    }
    state = .ended
    var trouble: SinkError?
    do { try recording.complete() } catch { trouble = error }
    if recording.isEmpty {
      recording.scratch.discard()
    } else {
      do { try publish(recording.scratch, &trouble) } catch {
        let cause = "\(error.cause); the sound is in \(recording.scratch.path)"
        trouble = trouble ?? .failed(target: target, cause: cause)
      }
    }
    if let trouble { throw trouble }
  }

  private func publish(
    _ scratch: ScratchFile, _ trouble: inout SinkError?
  ) throws(SystemError) {
    if isDraft { return try scratch.settle(as: file) }
    guard overwrite, case .file(let size, _)? = try? file.occupant(), size > 0,
      trouble != nil || held != nil
    else {
      return try scratch.publish(as: file, overwrite: overwrite)
    }
    let path = try scratch.close(with: file)
    if case .failed(let target, let cause)? = trouble {
      let fragment = try UnfinishedFiles.keep(path, beside: file.path)
      trouble = .failed(
        target: target,
        cause: "\(cause); \(file.name) is as it was, and what found room is in \(fragment)")
    } else {
      held?.hold(path, for: file)
    }
  }
}
