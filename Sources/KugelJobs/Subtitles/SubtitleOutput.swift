import KugelNarration

/// A file of subtitles that a command writes beside its sound.
package struct SubtitleOutput: Equatable, Sendable {
  package var path: String
  package var kind: SubtitleKind
  package var rules = CueMaker.Rules()
  /// Whether a file that is there may be replaced.
  package var overwrite = false

  package init(path: String, kind: SubtitleKind) {
    self.path = path
    self.kind = kind
  }
}
