import Glibc
import KugelAudio
import KugelJobs
import KugelNarration
import KugelSystem

/// Writes chapters, title and cover into a finished sound file.
enum SoundTags {
  /// Bytes in which the beginning of a file with its comments is looked for.
  private static let headLength = 1 << 20

  /// - Parameter path: of a file that nobody else knows yet.
  static func write(
    _ tags: BookTags, into path: String, _ format: AudioFormat
  ) throws(SystemError) {
    switch format {
    case .wav, .wavULaw, .wavALaw: try append(tags, to: path)
    case .flac, .opus, .mp3: try rewrite(tags, path, format)
    case .au, .raw, .ulaw, .alaw: break
    }
  }

  private static func append(_ tags: BookTags, to path: String) throws(SystemError) {
    let descriptor = try Descriptor.open(path, O_RDWR)
    defer { close(descriptor) }
    var length = try FileStatus(of: descriptor).size
    let padding = [UInt8](repeating: 0, count: length % 2)
    let chunks = padding + WaveChapters.chunks(tags)
    try write(chunks, to: descriptor, at: length)
    length += chunks.count
    let head = try read(descriptor, at: 0, atMost: 32)
    if let (offset, bytes) = WaveChapters.length(head, length) {
      try write(bytes, to: descriptor, at: offset)
    }
  }

  private static func rewrite(
    _ tags: BookTags, _ path: String, _ format: AudioFormat
  ) throws(SystemError) {
    let old = try Descriptor.open(path, O_RDONLY)
    defer { close(old) }
    let head = try read(old, at: 0, atMost: headLength)
    let made: (bytes: [UInt8], length: Int, shift: Int)? =
      switch format {
      case .flac:
        FLACMetadata.replaced(head, tags).map { ($0, FLACMetadata.soundStart(head) ?? 0, 0) }
      case .opus: OggComments.replaced(head, tags)
      default: (ID3Chapters.tag(tags), 0, 0)
      }
    guard let made else { return }
    let draft = path + ".tags"
    let new = try Descriptor.open(draft, O_WRONLY | O_CREAT | O_TRUNC)
    defer { close(new) }
    do throws(SystemError) {
      try Descriptor.writeAll(made.bytes, to: new)
      try copy(old, from: made.length, to: new, shift: made.shift)
      guard unsafe rename(draft.nameBytes, path.nameBytes) == 0 else { throw .latest }
    } catch {
      unsafe unlink(draft.nameBytes)
      throw error
    }
  }

  private static func copy(
    _ old: CInt, from start: Int, to new: CInt, shift: Int
  ) throws(SystemError) {
    var place = start
    while true {
      let piece = try read(old, at: place, atMost: headLength)
      guard !piece.isEmpty else { return }
      guard shift != 0 else {
        try Descriptor.writeAll(piece, to: new)
        place += piece.count
        continue
      }
      var within = 0
      while let page = OggPage(piece, at: within) {
        try Descriptor.writeAll(
          OggPage.renumbered(Array(piece[page.start..<page.end]), by: shift), to: new)
        within = page.end
      }
      guard within > 0 else { throw SystemError(code: EIO) }
      place += within
    }
  }

  private static func read(
    _ descriptor: CInt, at offset: Int, atMost count: Int
  ) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var (length, failure) = (0, SystemError?.none)
    unsafe bytes.withUnsafeMutableBytes { buffer in
      do throws(SystemError) {
        while length < count {
          let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[length...])
          let more = try unsafe Descriptor.read(descriptor, into: rest, at: offset + length)
          if more == 0 { break }
          length += more
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return Array(bytes.prefix(length))
  }

  private static func write(
    _ bytes: [UInt8], to descriptor: CInt, at offset: Int
  ) throws(SystemError) {
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw .latest }
    try Descriptor.writeAll(bytes, to: descriptor)
  }
}
