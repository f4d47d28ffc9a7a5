import Glibc
import KugelJobs
import KugelNarration
import KugelSystem

/// An audio book in MPEG-4, made by ffmpeg where that is installed.
enum FFmpegBook {
  /// - Parameter wish: looked at while it is made.
  /// - Returns: whether it was not to end before.
  static func make(
    _ path: String, from sound: String, _ tags: BookTags, cover: String?, until wish: EndWish
  ) throws(SystemError) -> Bool {
    let information = sound + ".txt"
    let draft = sound + ".m4b"
    defer {
      unsafe unlink(information.nameBytes)
      unsafe unlink(draft.nameBytes)
    }
    try SmallFile.replace(information, with: FFmpegMetadata.text(tags))
    var words = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", sound, "-i", information]
    if let cover { words += ["-i", cover] }
    words += [
      "-map", "0:a", "-map_metadata", "1", "-map_chapters", "1", "-c:a", "aac", "-b:a", "96k",
    ]
    if cover != nil { words += ["-map", "2:v", "-c:v", "copy", "-disposition:v", "attached_pic"] }
    words += ["-f", "mp4", draft]
    let status = try ChildProcess.run(words) { wish.signal == nil }
    guard wish.signal == nil else { return false }
    guard status == 0 else {
      throw SystemError(code: EIO, call: "ffmpeg ended with \(status)")
    }
    try DiskFlush.flush([draft], on: -1)
    guard unsafe rename(draft.nameBytes, path.nameBytes) == 0 else { throw .latest }
    return true
  }
}
