import Glibc
import KugelAudio
import KugelJobs
import KugelNarration
import KugelSystem
import KugelWire

/// Joins the files of items into one, with chapters, from what was made: nothing is spoken again.
struct JoinedBook {
  struct Part {
    /// Of its file.
    var path: String
    var title: String
  }

  private let request: JoinRequest
  private let parts: [Part]
  private let rate: Int
  /// Where it grows; the same each time, so that what a power cut left is written over.
  private let draft: String
  private let wish: EndWish

  /// - Parameters:
  ///   - rate: Hz.
  ///   - wish: looked at while it is made.
  init(_ request: JoinRequest, _ parts: [Part], rate: Int, until wish: EndWish) {
    self.request = request
    self.wish = wish
    self.parts = parts
    self.rate = rate
    let name = FileName.last(of: request.path)
    draft = "\(request.path.dropLast(name.count)).\(name).kugel-join"
  }

  /// Makes the file, under its name when it is whole.
  ///
  /// - Returns: where each part begins, and the samples of the whole, at `rate`; nil when it was to end before.
  func make() throws -> (starts: [Int], samples: Int)? {
    let format: AudioFormat = if case .sound(let format) = request.kind { format } else { .wav }
    let sink = FileSink(draft: draft, format: format, rate: rate)
    let gap = [Int16](
      repeating: 0, count: Int((request.gap / .seconds(1) * Double(rate)).rounded()))
    var (starts, samples) = ([Int](), 0)
    do {
      for (index, part) in parts.enumerated() {
        if index > 0 {
          try sink.write(gap, rate: rate)
          samples += gap.count
        }
        starts.append(samples)
        let reader = try SoundReader(path: part.path, outputRate: rate)
        while let piece = try reader.read(frames: 65_536) {
          if wish.signal != nil {
            try? sink.cut()
            unsafe unlink(draft.nameBytes)
            return nil
          }
          try sink.write(piece, rate: rate)
          samples += piece.count
        }
      }
      try sink.finish()
    } catch {
      try? sink.cut()
      unsafe unlink(draft.nameBytes)
      throw Self.told(error, request.path)
    }
    return try finish(starts, samples, format) ? (starts, samples) : nil
  }

  private static func told(_ error: any Error, _ path: String) -> any Error {
    switch error {
    case let error as SoundReadError:
      UserError(.ioFailed, "\(path) cannot be joined: \(error.cause)")
    case SinkError.cannotCreate(_, .other(let cause)):
      UserError(
        .cannotCreate, "cannot create \(path): \(cause)",
        hint: "Give another place with --join FILE.")
    case SinkError.failed(_, let cause):
      UserError(.ioFailed, "sound output to \(path) failed: \(cause)")
    default: error
    }
  }

  /// - Returns: whether it was not to end before.
  private func finish(_ starts: [Int], _ samples: Int, _ format: AudioFormat) throws -> Bool {
    var tags = BookTags()
    (tags.title, tags.author) = (request.title, request.author)
    (tags.rate, tags.samples) = (rate, samples)
    tags.chapters = zip(starts, parts).map { ChapterMark(start: $0, title: $1.title) }
    if let cover = request.cover { tags.cover = try CoverFile.read(cover) }
    do throws(SystemError) {
      if request.kind == .m4b {
        defer { unsafe unlink(draft.nameBytes) }
        return try FFmpegBook.make(
          request.path, from: draft, tags, cover: request.cover, until: wish)
      } else {
        try SoundTags.write(tags, into: draft, format)
        try DiskFlush.flush([draft], on: -1)
        guard unsafe rename(draft.nameBytes, request.path.nameBytes) == 0 else { throw .latest }
        return true
      }
    } catch {
      unsafe unlink(draft.nameBytes)
      throw UserError(.ioFailed, "\(request.path) cannot be joined: \(error.description)")
    }
  }
}

/// A picture for a book.
enum CoverFile {
  /// - Throws: 66 or 65 when it is none that players show.
  static func read(_ path: String) throws(UserError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(SystemError) {
      let descriptor = try Descriptor.open(path, O_RDONLY)
      defer { close(descriptor) }
      bytes = try Descriptor.readToEnd(descriptor, atMost: 16 << 20)
    } catch {
      throw UserError.unreadable(path, cause: error.cause).about("cover")
    }
    var tags = BookTags()
    tags.cover = bytes
    guard tags.coverType != nil else {
      throw UserError(.badInput, "\(path) is no picture in JPEG or PNG").about("cover")
    }
    return bytes
  }
}
