import KugelJobs
import KugelNarration

/// Subtitles of what is spoken.
package struct SubtitleOptions: OptionGroup {
  package var path: String?
  package var unit: SubtitleUnit?
  package var width: Int?

  package init() {}
  package static let heading = OutputOptions.heading
  package static var flags: [Flag<SubtitleOptions>] {
    [
      .text("subs", nil, "FILE", \.path, help: "write subtitles of what is spoken into FILE")
        .detail(
          "The extension says how: `.srt`, `.vtt`, `.ass`, `.lrc` or `.json`. The file grows with the sound, and "
            + "its times are counted in the sound's samples."
        )
        .choices(.file)
    ] + shape
  }

  /// What they look like.
  package static var shape: [Flag<SubtitleOptions>] {
    [
      .choice("subs-by", nil, "UNIT", \.unit, help: "what a subtitle holds"),
      .integer(
        "subs-width", nil, "N", \.width, in: 10...200, help: "columns of a line of them; 42"),
    ]
  }

  package var rules: CueMaker.Rules {
    var rules = CueMaker.Rules()
    rules.unit = unit ?? rules.unit
    rules.width = width ?? rules.width
    return rules
  }

  /// - Parameter overwrite: whether a file that is there may be replaced.
  func output(overwrite: Bool) throws(UserError) -> SubtitleOutput? {
    guard let path else {
      let other = unit != nil ? "--subs-by" : width != nil ? "--subs-width" : nil
      guard let other else { return nil }
      throw .usage(
        "\(other) is about subtitles, and none are asked for", hint: "Name a file with --subs FILE."
      )
    }
    guard let kind = SubtitleKind(path: path) else {
      let known = SubtitleKind.allCases.map { ".\($0.rawValue)" }.joined(separator: " ")
      throw .usage(
        "no kind of subtitles is known by the extension of \(path)", hint: "Known are \(known).")
    }
    var output = SubtitleOutput(path: path, kind: kind)
    (output.rules, output.overwrite) = (rules, overwrite)
    return output
  }
}

extension SubtitleUnit: ChoiceValue {
  package var meaning: String {
    switch self {
    case .sentence: "a sentence, or as much of one as two lines hold"
    case .line: "a line"
    case .word: "a word"
    }
  }
}
