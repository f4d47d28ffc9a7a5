import CSndfile
import Glibc
import KugelSystem

/// libsndfile writing into a socket of our own, whose other end we empty after each block.
///
/// On a descriptor that it cannot seek, libsndfile leaves out what it would later correct; but it takes a
/// full pipe for an error, so it never gets the real one.
@safe final class PipedWriter {
  /// Samples to a block, whole frames; less than the socket holds, so that a write never finds it full.
  private static let block = 4096

  private var writer: SoundWriter?
  private let ends: (library: CInt, ours: CInt)

  init(_ format: AudioFormat, rate: Int, channels: Int = 1) throws(SoundError) {
    var pair: [CInt] = [-1, -1]
    let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
      throw SoundError(cause: SystemError.latest.cause)
    }
    ends = (pair[0], pair[1])
    writer = try SoundWriter(
      intoPipe: ends.library, format: format, rate: rate, channels: channels)
  }

  deinit {
    writer = nil
    close(ends.library)
    close(ends.ours)
  }

  func write(_ samples: [Int16]) throws(SoundError) -> [UInt8] {
    guard let writer else { return [] }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: samples.count, by: Self.block) {
      let block = samples[start..<min(start + Self.block, samples.count)]
      guard writer.write(block) == block.count else { throw SoundError(cause: writer.cause) }
      bytes += collect()
    }
    return bytes
  }

  func finish() -> [UInt8] {
    writer = nil
    return collect()
  }

  private func collect() -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = (try? Descriptor.readWhatIsThere(ends.ours)) ?? nil, !piece.isEmpty {
      bytes += piece
    }
    return bytes
  }
}
