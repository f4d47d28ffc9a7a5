import KugelNarration
import KugelSystem

/// The subtitles of an item that is there, from what the manifest keeps of it.
enum ItemSubtitles {
  static func cues(
    of item: NarrationItem, _ entry: ManifestEntry, _ rules: CueMaker.Rules,
    behind seconds: Double = 0
  ) -> [Cue] {
    ItemCues(rules, said: item.said, original: item.original)
      .cues(entry.timeline, rate: entry.rate, behind: seconds)
  }

  static func write(
    _ kind: SubtitleKind, of item: NarrationItem, _ entry: ManifestEntry,
    _ rules: CueMaker.Rules, to path: String
  ) throws(SystemError) {
    let draft = try SubtitleDraft(kind, title: item.wish.title ?? item.title, path: path)
    try draft.write(cues(of: item, entry, rules))
    try draft.finish()
  }
}
