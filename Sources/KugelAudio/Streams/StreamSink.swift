import Glibc
import KugelSystem

/// Sound written forward only: standard output, a named pipe, a device file.
///
/// Uncompressed samples reach the reader with the write that brings them. The program must ignore `SIGPIPE`;
/// a reader who left is `.readerGone`.
package final class StreamSink: AudioSink {
  package let target: String

  private let format: AudioFormat
  private let rate: Int?
  private let channels: Int
  private let output: OutputDescriptor
  private let interrupt = Interrupt()
  private var stage = Stage.untouched

  private enum Stage {
    case untouched
    case streaming(Stream)
    case ended
  }

  private final class Stream {
    let encoder: StreamEncoder
    var adapter: RateAdapter
    /// Where in a regular file the header stands, so that it can state the length at the end.
    let headerOffset: Int?

    init(_ encoder: StreamEncoder, rate: Int, channels: Int, headerOffset: Int?) {
      self.encoder = encoder
      adapter = RateAdapter(to: rate, channels: channels)
      self.headerOffset = headerOffset
    }
  }

  /// - Parameters:
  ///   - descriptor: open for writing; stays open.
  ///   - target: what messages call it.
  ///   - rate: Hz, one that the format holds; nil takes the format's choice for the first samples.
  package convenience init(
    descriptor: CInt, target: String, format: AudioFormat, rate: Int? = nil, channels: Int = 1
  ) {
    self.init(
      .descriptor(descriptor), target: target, format: format, rate: rate, channels: channels)
  }

  /// - Parameters:
  ///   - path: a named pipe or a device; opened by the first write, which waits for a reader.
  ///   - waiting: called once when there is none yet.
  package convenience init(
    path: String, format: AudioFormat, rate: Int? = nil, channels: Int = 1,
    waiting: @escaping @Sendable () -> Void = {}
  ) {
    self.init(
      .path(path), target: path, format: format, rate: rate, channels: channels, waiting: waiting)
  }

  private init(
    _ source: OutputDescriptor.Source, target: String, format: AudioFormat, rate: Int?,
    channels: Int, waiting: @escaping @Sendable () -> Void = {}
  ) {
    self.target = target
    self.format = format
    self.rate = rate
    self.channels = channels
    output = OutputDescriptor(source, interrupt: interrupt, waiting: waiting)
  }

  package var interrupter: @Sendable () -> Void { { [interrupt] in interrupt.raise() } }

  package func write(_ samples: [Int16], rate: Int) throws(SinkError) {
    guard !samples.isEmpty, let stream = try stream(rate: rate) else { return }
    guard let converted = stream.adapter.convert(samples, rate: rate) else {
      throw failed("cannot convert from \(rate) to \(stream.adapter.outputRate) Hz")
    }
    try put(converted, into: stream)
  }

  /// Uncompressed samples, once the reader is there.
  package func writeAtOnce(_ samples: [Int16], rate: Int) throws(SinkError) -> Taken {
    guard case .streaming(let stream) = stage, stream.encoder.isPlain, output.neverWaits,
      stream.adapter.passesOn(rate)
    else { return .nothing }
    return try send(try encode(samples, for: stream), waits: false) ? .all : .inHand
  }

  package func flush() throws(SinkError) { try send([]) }

  package func finish() throws(SinkError) { try end() }

  package func cut() throws(SinkError) { try end() }

  private func stream(rate source: Int) throws(SinkError) -> Stream? {
    switch stage {
    case .streaming(let stream): return stream
    case .ended: return nil
    case .untouched:
      let rate = rate ?? format.rate(forSource: source)
      let encoder: StreamEncoder
      do { encoder = try StreamEncoder(format, rate: rate, channels: channels) } catch {
        throw failed(error.cause)
      }
      guard let descriptor = try openUnlessInterrupted() else { return nil }
      let stream = Stream(
        encoder, rate: rate, channels: channels, headerOffset: headerOffset(descriptor))
      stage = .streaming(stream)
      try send(encoder.header)
      return stream
    }
  }

  private func put(_ samples: [Int16], into stream: Stream) throws(SinkError) {
    guard !samples.isEmpty else { return }
    try send(try encode(samples, for: stream))
  }

  private func encode(_ samples: [Int16], for stream: Stream) throws(SinkError) -> [UInt8] {
    do { return try stream.encoder.encode(samples) } catch { throw failed(error.cause) }
  }

  private func end() throws(SinkError) {
    defer {
      stage = .ended
      output.close()
    }
    switch stage {
    case .ended: break
    // Nothing was said; whoever waits at a named pipe learns so.
    case .untouched: _ = try openUnlessInterrupted()
    case .streaming(let stream):
      try put(stream.adapter.flush(), into: stream)
      try send(stream.encoder.finish())
      stateLength(stream)
    }
  }

  private func openUnlessInterrupted() throws(SinkError) -> CInt? {
    do { return try output.open() } catch {
      guard case .system(let error) = error else {
        stage = .ended
        return nil
      }
      throw failed(error.cause)
    }
  }

  /// - Returns: whether all has gone; always, where it may wait for that.
  @discardableResult
  private func send(_ bytes: [UInt8], waits: Bool = true) throws(SinkError) -> Bool {
    if case .ended = stage { return true }
    do { return try output.write(bytes, waits: waits) } catch {
      guard case .system(let error) = error else {
        // Once interrupted, what the reader does not take is dropped: that is no failure.
        stage = .ended
        return true
      }
      if case .streaming(let stream) = stage { stateLength(stream) }
      stage = .ended
      let readerLeft = error.code == EPIPE || error.code == ECONNRESET
      throw readerLeft ? .readerGone(target: target) : failed(error.cause)
    }
  }

  /// - Returns: nil where the header cannot be corrected: not a file, or one that is appended to.
  private func headerOffset(_ descriptor: CInt) -> Int? {
    guard format == .wav || format == .wavULaw || format == .wavALaw else { return nil }
    guard (try? FileStatus(of: descriptor).kind) == .regular,
      fcntl(descriptor, F_GETFL) & O_APPEND == 0
    else { return nil }
    let offset = lseek(descriptor, 0, SEEK_CUR)
    return offset < 0 ? nil : Int(offset)
  }

  private func stateLength(_ stream: Stream) {
    guard let offset = stream.headerOffset, let descriptor = try? output.open() else { return }
    let written = Int(lseek(descriptor, 0, SEEK_CUR)) - offset - stream.encoder.header.count
    guard written >= 0 else { return }
    // Chunks are padded to an even length; half a sample that a full disk took does not count.
    if format.isG711 && !written.isMultiple(of: 2) { _ = try? output.write([0]) }
    let header = WaveHeader.bytes(
      format: format, rate: stream.adapter.outputRate, channels: channels,
      dataBytes: format.isG711 ? written : written - written % 2)
    _ = unsafe header.withUnsafeBytes {
      try? unsafe Descriptor.write($0, to: descriptor, at: offset)
    }
  }

  private func failed(_ cause: String) -> SinkError { .failed(target: target, cause: cause) }
}
