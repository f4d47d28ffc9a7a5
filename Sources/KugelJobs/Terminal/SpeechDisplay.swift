import Glibc
import KugelAudio
import KugelClient
import KugelScreen
import KugelSession
import KugelSystem
import KugelText

/// What is shown while somebody speaks: a status line, or the text itself. On the run's thread.
package final class SpeechDisplay: RunObserver {
  private enum Style {
    case status
    /// The text, marked.
    case marked
    /// The text, a sentence at a time, when it is heard.
    case plain
  }

  package let interval: Duration
  private let host: Host
  private let style: Style
  private let control: PlaybackControl?
  /// nil: what is made counts as heard.
  private let clock: (any SoundClock)?
  private var text: SpokenText
  private var view = KaraokeView()
  /// Seconds of sound that have come, and when the first of it did.
  private var produced = 0.0
  private var firstSoundAt: ContinuousClock.Instant?
  private var firstTextAt: ContinuousClock.Instant?
  private var chunk: (id: Int, turn: Int)?
  private var shownStatus = ""
  private var waitsFor: String?

  /// - Parameters:
  ///   - control: of the speakers.
  ///   - pace: of what takes the sound at its own pace, where nothing is played.
  ///   - isCast: several speak.
  /// - Returns: nil when nothing is to be shown.
  package init?(
    _ request: RunRequest, host: Host, control: PlaybackControl?, pace: PaceControl? = nil,
    isCast: Bool = false
  ) {
    if request.karaoke != nil {
      style = host.talksToScreen ? .marked : .plain
    } else {
      guard request.showsStatus(in: host) else { return nil }
      style = .status
    }
    self.host = host
    self.control = control
    clock = control ?? pace
    text = SpokenText(byWord: request.karaoke == .word, isCast: isCast)
    interval = style == .status ? .milliseconds(100) : .milliseconds(33)
  }

  package func hear(_ happening: Happening) {
    let turn = happening.turn ?? 0
    switch happening.what {
    case .written(let more, let place):
      text.append(more.printable, at: place, turn: turn, by: happening.context)
    case .text: firstTextAt = firstTextAt ?? happening.at
    case .segment(let segment):
      text.begin(chunk: segment.chunk, turn: turn, at: segment.source, start: segment.startsAt)
    case .words(let words): text.add(words, turn: turn)
    case .sound(let sound):
      if chunk.map({ $0 != (sound.chunk, turn) }) ?? true {
        chunk = (sound.chunk, turn)
        text.sounds(chunk: sound.chunk, turn: turn, start: sound.startsAt)
      }
      firstSoundAt = firstSoundAt ?? happening.at
      produced = max(produced, text.moment(sound.startsAt + sound.seconds, of: turn) ?? 0)
    case .placed(let seconds): text.place(turn: turn, at: seconds)
    default: break
    }
  }

  package func hearEnd() { text.end() }

  /// Somebody else has the speakers, or nobody any more.
  ///
  /// - Returns: whether there is a place where it is shown.
  func wait(for other: String?) -> Bool {
    waitsFor = other
    return style == .status
  }

  package func look(at now: ContinuousClock.Instant) {
    let heard = clock?.heardSeconds(at: now) ?? produced
    switch style {
    case .status: showStatus(heard)
    case .marked:
      guard let current = text.current(at: heard), heard > 0 else { return }
      write(view.show(text.source, mark: current.range, width: host.screenWidth))
    case .plain: printSentences(until: heard)
    }
  }

  /// Makes room for a message.
  package func hide() {
    switch style {
    case .status:
      if !shownStatus.isEmpty { write("\r\u{1B}[K") }
      shownStatus = ""
    case .marked: write(view.hide(width: host.screenWidth))
    case .plain: break
    }
  }

  /// Nothing is shown any more; text that was heard stays.
  package func end() {
    let heard = clock?.heardSeconds(at: .now) ?? produced
    switch style {
    case .status: hide()
    case .marked:
      let isWhole = heard >= produced - 0.05 && text.isComplete
      let mark = text.current(at: heard).map(\.range.upperBound) ?? 0
      write(
        view.finish(text.source, end: isWhole ? text.source.count : mark, width: host.screenWidth))
    case .plain: printSentences(until: heard)
    }
  }

  private func showStatus(_ heard: Double) {
    var line = StatusLine()
    (line.spoken, line.waitsFor) = (heard, waitsFor)
    line.share = text.share(at: heard, produced: produced)
    if let firstTextAt, let firstSoundAt {
      line.firstSound = (firstSoundAt - firstTextAt).milliseconds
    }
    if let control {
      let status = control.status
      line.phase =
        switch status.phase {
        case .waiting, .ended: .waiting
        case .speaking: .speaking
        case .paused: .paused
        }
      (line.cushion, line.gaps) = (status.bufferedSeconds, status.gaps)
    } else {
      line.phase = produced > 0 ? .writing : .waiting
    }
    let shown = line.text(width: host.screenWidth)
    guard shown != shownStatus else { return }
    write("\r\u{1B}[K" + shown)
    shownStatus = shown
  }

  private func printSentences(until heard: Double) {
    guard heard > 0 else { return }
    for range in text.takeHeard(until: heard) {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text.source[range])
      host.tell(String(view))
    }
  }

  private func write(_ text: String) {
    try? Descriptor.writeAll(text, to: host.standardError)
  }
}
