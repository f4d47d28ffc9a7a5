import Glibc
import KugelSystem

/// Where `-o` leads: a file, a pipe, a device, standard output.
package struct AudioOutput: Sendable, Equatable {
  /// A path; `-` is standard output.
  package var path: String
  package var format: AudioFormat
  /// Hz, one that the format holds; nil takes the format's choice for the first samples.
  package var rate: Int?
  /// Interleaved in what is written.
  package var channels: Int
  /// Whether a file that is there may be replaced.
  package var overwrite: Bool
  /// Decibels that the samples are raised by.
  package var volume = 0.0
  /// Silence before the first sample.
  package var leadIn = Duration.zero

  package init(
    path: String, format: AudioFormat, rate: Int? = nil, channels: Int = 1, overwrite: Bool = false
  ) {
    self.path = path
    self.format = format
    self.rate = rate
    self.channels = channels
    self.overwrite = overwrite
  }

  /// What messages call it.
  package var target: String { path == "-" ? "standard output" : path }

  /// Whether `open` would succeed as things stand; makes nothing.
  ///
  /// - Throws: `.cannotCreate`, naming the target: exists, a directory, a terminal, no permission.
  package func check() throws(SinkError) {
    if let descriptor { return try refuseTerminal(isatty(descriptor) == 1) }
    try FileSink.check(path: path, format: format, overwrite: overwrite)
    let occupant = try? FileTarget(path).occupant()
    if occupant == .stream { try refuseTerminal(isTerminal(path)) }
  }

  /// Whether a path leads to a file that is there when it is complete, and not to a stream.
  package static func isFile(_ path: String) -> Bool {
    let output = AudioOutput(path: path, format: .raw)
    return output.descriptor == nil && (try? FileTarget(path).occupant()) != .stream
  }

  /// The sink that suits what is there. Regular files are replaced whole; everything else is a stream and
  /// is written in place.
  ///
  /// - Parameters:
  ///   - held: gets a complete file that is to replace another, instead of its replacing it at once.
  ///   - waiting: called once when a named pipe has no reader yet.
  /// - Throws: `.cannotCreate`, as `check` does.
  package func open(
    holding held: HeldFile? = nil, waiting: @escaping @Sendable () -> Void = {}
  ) throws(SinkError) -> any AudioSink {
    let sink = try openPlain(holding: held, waiting)
    guard volume != 0 || leadIn > .zero else { return sink }
    return LevelSink(sink, decibels: volume, leadIn: leadIn, channels: channels)
  }

  private func openPlain(
    holding held: HeldFile?, _ waiting: @escaping @Sendable () -> Void
  ) throws(SinkError) -> any AudioSink {
    try check()
    if let descriptor {
      return StreamSink(
        descriptor: descriptor, target: target, format: format, rate: rate, channels: channels)
    }
    let occupant = try? FileTarget(path).occupant()
    if occupant == .stream {
      return StreamSink(
        path: path, format: format, rate: rate, channels: channels, waiting: waiting)
    }
    return try FileSink(
      path: path, format: format, rate: rate, channels: channels, overwrite: overwrite, held: held)
  }

  /// The descriptor of this process that the path names, if it names one.
  private var descriptor: CInt? {
    if path == "-" || path == "/dev/stdout" { return STDOUT_FILENO }
    if path == "/dev/stderr" { return STDERR_FILENO }
    for prefix in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(prefix) {
      return CInt(path.dropFirst(prefix.count))
    }
    return nil
  }

  private func refuseTerminal(_ found: Bool) throws(SinkError) {
    if found { throw .cannotCreate(target: target, cause: .isTerminal) }
  }
}

private func isTerminal(_ path: String) -> Bool {
  // Opening a named pipe would be noticed at its other end.
  guard (try? FileStatus(of: path).kind) == .device,
    let descriptor = try? Descriptor.open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY)
  else { return false }
  defer { close(descriptor) }
  return isatty(descriptor) == 1
}
