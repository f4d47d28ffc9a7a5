import KugelSystem

/// A sound file in the making: samples at one rate go in, the scratch file grows.
final class Recording {
  /// Samples; 64 KiB to a write.
  static let batch = 32_768

  private(set) var scratch: ScratchFile
  private var file: VirtualFile
  private var writer: (any SampleWriter)?
  private var adapter: RateAdapter
  private var pending: [Int16] = []
  private var lastFlush = ContinuousClock.now
  private var samplesWritten = 0
  private var headerLength: Int

  private let target: FileTarget
  private let format: AudioFormat
  private let channels: Int
  private let settings: FileSink.Settings
  private var isLarge = false

  /// - Parameter rate: of the file, Hz.
  init(
    _ target: FileTarget, format: AudioFormat, rate: Int, channels: Int,
    settings: FileSink.Settings, isDraft: Bool = false
  ) throws(SinkError) {
    self.target = target
    self.format = format
    self.channels = channels
    self.settings = settings
    adapter = RateAdapter(to: rate, channels: channels)
    do {
      scratch = try isDraft ? ScratchFile(at: target) : ScratchFile(beside: target)
    } catch {
      throw target.refusal(error.cause)
    }
    file = VirtualFile(
      descriptor: scratch.descriptor, unit: format.isEncoded ? .writes : .frames(2 * channels),
      room: settings.room)
    do {
      writer = try format.writer(into: file, rate: rate, channels: channels)
    } catch {
      if let failure = file.failure {
        throw .failed(target: target.name, cause: failure.cause)
      }
      throw target.refusal(error.cause)
    }
    headerLength = file.length
    pending.reserveCapacity(2 * Self.batch)
  }

  /// Whether nothing that could be heard reached the file.
  var isEmpty: Bool {
    // What an encoder was given it may not have been able to write.
    samplesWritten == 0 || file.length == 0
      || file.failure != nil && format.isEncoded && readableFrames == 0
  }

  func append(_ samples: [Int16], rate: Int) throws(SinkError) {
    guard let converted = adapter.convert(samples, rate: rate) else {
      throw failed("cannot convert from \(rate) to \(adapter.outputRate) Hz")
    }
    pending += converted
    let now = ContinuousClock.now
    guard pending.count >= Self.batch || now - lastFlush >= .seconds(1) else { return }
    try flush()
    // A killed process then leaves a file that plays; once a batch it costs nothing.
    writer?.updateHeader()
    lastFlush = now
  }

  /// Writes what is held back and ends the file; it is whole and closed to more afterwards.
  func complete() throws(SinkError) {
    defer {
      writer = nil
      correctLength()
    }
    pending += adapter.flush()
    try flush()
    writer = nil  // encoders write their last frames now
    if let failure = file.failure { throw failed(failure.cause) }
  }

  /// Samples of a channel that a reader finds.
  private var readableFrames: Int {
    guard let reader = try? SoundReader(path: scratch.path, outputRate: adapter.outputRate) else {
      return 0
    }
    var frames = 0
    while let piece = (try? reader.read(frames: Self.batch)) ?? nil { frames += piece.count }
    return frames
  }

  /// Encoders tell of all they were given, also of what found no room.
  private func correctLength() {
    guard file.failure != nil else { return }
    let head: [UInt8]?
    switch format {
    case .flac: head = TrueLength.flac(bytes(atMost: 42), frames: readableFrames)
    case .mp3: head = TrueLength.mp3(bytes(atMost: file.length))
    case .wav, .wavULaw, .wavALaw, .au, .opus, .raw, .ulaw, .alaw: return
    }
    _ = unsafe head?.withUnsafeBytes { bytes in
      try? unsafe Descriptor.write(bytes, to: scratch.descriptor, at: 0)
    }
  }

  private func bytes(atMost limit: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: min(limit, file.length)) { buffer, count in
      count = unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
    }
  }

  private func flush() throws(SinkError) {
    guard !pending.isEmpty else { return }
    try growBeyondRIFF()
    let taken = writer?.write(pending) ?? 0
    samplesWritten += taken
    let missing = pending.count - taken
    pending.removeAll(keepingCapacity: true)
    if let failure = file.failure { throw failed(failure.cause) }
    if missing > 0 { throw failed(writer?.cause ?? "closed") }
  }

  /// RIFF counts to 4 GiB. One file in a thousand gets there, so the others keep the plain header that
  /// every reader knows, and that one is copied into RF64 when it happens.
  private func growBeyondRIFF() throws(SinkError) {
    guard !isLarge, format.largeSoundCode != nil,
      file.length + 2 * pending.count > settings.riffLimit
    else { return }
    let larger: ScratchFile
    do { larger = try ScratchFile(beside: target) } catch { throw failed(error.cause) }
    let copy = VirtualFile(
      descriptor: larger.descriptor, unit: .frames(2 * channels), room: settings.room)
    do throws(SoundError) {
      let largeWriter = try SoundWriter(
        into: copy, format: format, rate: adapter.outputRate, channels: channels, large: true)
      guard transfer(to: largeWriter) else {
        throw SoundError(cause: copy.failure?.cause ?? largeWriter.cause)
      }
      let largeHeader = copy.length - (file.length - headerLength)
      writer = nil  // writes a last header, so before the file is closed
      scratch.discard()
      (scratch, file, writer) = (larger, copy, largeWriter)
      (headerLength, isLarge) = (largeHeader, true)
    } catch {
      throw failed(copy.failure?.cause ?? error.cause)
    }
  }

  private func transfer(to larger: SoundWriter) -> Bool {
    unsafe withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { buffer in
      var offset = headerLength
      while offset < file.length {
        let count = unsafe file.read(into: buffer, at: offset)
        guard count > 0 else { return false }
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
        guard unsafe larger.writeCoded(bytes) == count else { return false }
        offset += count
      }
      return true
    }
  }

  private func failed(_ cause: String) -> SinkError { .failed(target: target.name, cause: cause) }
}
