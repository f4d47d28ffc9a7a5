import Glibc
import KugelJobs
import KugelNarration
import KugelSystem

/// The subtitles of an item, from what the manifest keeps of it.
enum ItemSubtitles {
  static func cues(
    of item: NarrationItem, _ entry: ManifestEntry, _ rules: CueMaker.Rules,
    behind seconds: Double = 0
  ) -> [Cue] {
    let shown = ShownText(item.said, written: item.written, origin: item.origin)
    return CueMaker(rules, shown: shown, rate: entry.rate).cues(entry.timeline, behind: seconds)
  }

  static func write(
    _ kind: SubtitleKind, of item: NarrationItem, _ entry: ManifestEntry,
    _ rules: CueMaker.Rules, to path: String
  ) throws(SystemError) {
    let text = SubtitleText.text(
      kind, cues(of: item, entry, rules), title: item.wish.title ?? item.title)
    let descriptor = try Descriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC)
    defer { close(descriptor) }
    try Descriptor.writeAll(text, to: descriptor)
  }
}
