import KugelText

/// What a script asks for, counted before anything is spoken.
package struct ScriptSummary: Equatable, Sendable {
  package struct Speaker: Equatable, Sendable {
    package var voice: VoiceDeclaration
    package var lines = 0
    package var words = 0
    /// Expected from the number of words.
    package var duration = Duration.zero
  }

  /// Words a minute of a voice at its normal pace.
  private static let normalRate = Double(Utterance.normalRate)

  package private(set) var title: String?
  /// In the order of their declarations.
  package private(set) var speakers: [Speaker] = []
  package private(set) var sounds = 0
  /// Expected length with gaps, pauses and overlaps; sounds are not counted.
  package private(set) var duration = Duration.zero

  package var lines: Int { speakers.reduce(0) { $0 + $1.lines } }
  package var words: Int { speakers.reduce(0) { $0 + $1.words } }

  /// - Parameter gap: silence between lines until the script says otherwise.
  package init(_ items: [ScriptItem], gap: Duration = Director.Settings().gap) {
    var gap = gap
    var pause: Duration?
    var cursor = Duration.zero
    var isFirst = true
    for item in items {
      switch item.content {
      case .title(let text): title = text
      case .voice(let voice): speakers.append(Speaker(voice: voice))
      case .gap(let length): gap = length
      case .pause(let length): pause = (pause ?? .zero) + length
      case .mark: break
      case .sound:
        sounds += 1
        cursor += pause ?? (isFirst ? .zero : gap)
        (pause, isFirst) = (nil, false)
      case .line(let line):
        guard let index = speakers.firstIndex(where: { $0.voice.name == line.speaker }) else {
          continue
        }
        let traits = speakers[index].voice.traits.overridden(by: line.traits)
        let words = line.text.split(whereSeparator: \.isWhitespace).count
        let pace = traits.rate.map(Double.init) ?? Self.normalRate * (traits.speed ?? 1)
        let length = Duration.seconds(Double(words) * 60 / max(pace, 1))
        speakers[index].lines += 1
        speakers[index].words += words
        speakers[index].duration += length
        let lead =
          line.offset.map { $0 + (pause ?? .zero) } ?? pause
          ?? (isFirst || line.continues ? .zero : gap)
        cursor = max(.zero, cursor + lead) + length
        (pause, isFirst) = (nil, false)
        duration = max(duration, cursor)
      }
    }
    duration = max(duration, cursor + (pause ?? .zero))
  }
}
