import KugelClient
import KugelNarration
import KugelSession
import KugelSystem
import KugelText

/// Writes subtitles while something is spoken. On the run's thread.
final class SubtitleTrack: RunListener {
  let mayWait = true
  private let output: SubtitleOutput
  private let file: SubtitleFile
  private let isCast: Bool
  private var cues: LiveCues
  private var failure: SystemError?

  /// - Parameter isCast: several speak.
  /// - Returns: nil when none are asked for.
  /// - Throws: 73 when the file cannot be made.
  init?(
    _ request: RunRequest, language: String?, isCast: Bool = false, in host: Host
  ) throws(UserError) {
    guard let output = request.subtitles else { return nil }
    self.output = output
    self.isCast = isCast
    file = try SubtitleFile(output, in: host)
    cues = LiveCues(
      output.rules, language: language, lead: (request.file?.leadIn ?? .zero) / .seconds(1),
      isCast: isCast)
  }

  func hear(_ happening: Happening) {
    let turn = happening.turn ?? 0
    switch happening.what {
    case .turnBegan: cues.begin(turn: turn, speaker: isCast ? speaker(of: happening) : nil)
    case .written(let text, let place): cues.wrote(text, at: place, turn: turn)
    case .text(let text, from: let source): cues.says(text, from: source, turn: turn)
    case .segment(let segment):
      cues.begin(chunk: segment.chunk, at: segment.said?.lowerBound, turn: turn)
    case .words(let words): add(words, turn)
    case .sound(let sound):
      cues.sounds(
        chunk: sound.chunk, sound.samples, total: sound.total,
        rate: Int((Double(sound.samples) / max(sound.seconds, 1e-6)).rounded()),
        start: sound.startsAt, turn: turn)
      write(cues.take())
    case .placed(let seconds):
      cues.place(turn: turn, at: seconds)
      write(cues.take())
    case .turnEnded(let spoken, _):
      cues.end(turn: turn, samples: spoken.samples)
      write(cues.take())
    default: break
    }
  }

  private func add(_ words: [Happening.Word], _ turn: Int) {
    guard let chunk = words.first?.chunk else { return }
    cues.add(
      words.compactMap { word in
        word.said.map { SoundTimeline.Span(text: $0, samples: word.samples) }
      }, chunk: chunk, turn: turn)
    write(cues.take())
  }

  /// Without the number that a second way to speak has.
  private func speaker(of happening: Happening) -> String? {
    happening.context.map { String($0.prefix { $0 != "/" }) }
  }

  private func write(_ more: [Cue]) {
    guard failure == nil else { return }
    do throws(SystemError) { try file.add(more) } catch { failure = error }
  }

  /// - Throws: 74 when some could not be written.
  func finish() throws(UserError) {
    write(cues.take(all: true))
    if failure == nil {
      do throws(SystemError) { try file.finish() } catch { failure = error }
    }
    if let failure {
      throw UserError(.ioFailed, "subtitles to \(output.path) failed: \(failure.cause)")
    }
  }
}
