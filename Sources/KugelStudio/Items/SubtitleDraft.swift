import Glibc
import KugelNarration
import KugelSystem

/// Subtitles that grow beside the sound they belong to, under a name that nobody else knows.
@safe final class SubtitleDraft {
  let kind: SubtitleKind
  let path: String
  private var text: SubtitleText
  private let descriptor: CInt

  init(_ kind: SubtitleKind, title: String?, path: String) throws(SystemError) {
    self.kind = kind
    self.path = path
    text = SubtitleText(kind, title: title)
    descriptor = try Descriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC)
    try Descriptor.writeAll(text.head(), to: descriptor)
  }

  deinit { close(descriptor) }

  func write(_ cues: [Cue]) throws(SystemError) {
    let more = cues.map { text.next($0) }.joined()
    if !more.isEmpty { try Descriptor.writeAll(more, to: descriptor) }
  }

  func finish() throws(SystemError) {
    if !text.tail.isEmpty { try Descriptor.writeAll(text.tail, to: descriptor) }
  }
}
