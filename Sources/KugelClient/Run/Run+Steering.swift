import Glibc
import KugelFloor
import KugelQueue
import KugelSession

// What other processes ask of a run, or somebody with a key; and what they are told of it.
extension Run {
  func steer(_ request: SpeechFloor.Request) {
    if request.what == .report {
      request.answer(report.json)
    } else {
      steer(request.what)
    }
  }

  package func steer(_ steering: Steering) {
    switch steering {
    case .stop: leave(by: SIGTERM)
    case .skip: if part?.take(.skip, at: clock.now) != true { leave(by: SIGINT) }
    case .drop: if setup.floor?.isWaiting == true { drop(.replaced) }
    case .pause: if !isPaused { togglePause() }
    case .resume: if isPaused { togglePause() }
    case .toggle: togglePause()
    case .again: go(.start)
    case .back: go(.back)
    case .on: go(.on)
    case .report: break
    }
  }

  private var report: SpeechReport {
    var report = SpeechReport()
    (report.isPaused, report.isGrowing) = (isPaused, part?.isBusy ?? false)
    (report.heard, report.left) = outputs.progress ?? (0, 0)
    return report
  }

  func togglePause() { if part?.take(.togglePause, at: clock.now) != true { pause(!isPaused) } }

  /// Goes back in what was received, or on.
  private func go(_ step: Rereading.Step) {
    guard !isStopping, outputs.go(step), let floor = setup.floor, floor.isFree else { return }
    // What had been said was over, and is heard again.
    reclaimFloor(floor)
    holdSound()
  }

  // MARK: The floor

  func take(_ grant: TurnFloor.Grant) {
    if setup.floor?.take(grant) == true {
      holdSound()
      showOnDesktop()
    }
    if case .dropped(let why) = grant { drop(why) }
  }

  func tell(_ notice: FloorNotice) {
    // By now the wait may be over.
    if case .waiting = notice, setup.floor?.isWaiting != true { return }
    setup.notify(.floor(notice))
  }

  /// What waits is not said any more.
  private func drop(_ why: QueueRules.Drop) {
    setup.notify(.waitIsOver)
    setup.notify(.dropped(why))
    if part?.take(.skip, at: clock.now) == true { return }
    outcome.dropped = why
    stop()
  }

  /// The player holds its sound until it is known whose the speakers are.
  func doubtFloor() {
    _ = setup.floor?.takeLoss()
    holdSound()
  }

  // MARK: What is being said

  func beginItem() {
    (title, chunk) = (setup.floor?.title, nil)
    outputs.beginItem()
  }

  /// What was said is over.
  func keepItem() {
    outputs.keepItem(text: title, source: setup.floor?.source)
    isShown = false
    setup.desktop?.hide()
  }

  func showOnDesktop() {
    isShown = true
    setup.desktop?.show(title: title, source: setup.floor?.source, isPaused: isPaused)
  }

  /// Keeps for others what text is said, and where its sentences begin.
  func note(_ happening: Happening) {
    switch happening.what {
    case .segment(let segment):
      let known = title ?? ""
      guard known.count < QueueWish.longestTitle,
        let longer = QueueWish.title(of: known + " " + segment.text), setup.floor?.title == nil
      else { break }
      title = longer
      setup.floor?.entitle(longer)
      if isShown { showOnDesktop() }
    case .sound(let sound) where happening.context == nil:
      if chunk.map({ $0 != (sound.chunk, happening.turn) }) ?? true {
        chunk = (sound.chunk, happening.turn)
        outputs.markSentence(at: sound.startsAt)
      }
    case .placed(let seconds): outputs.markSentence(at: seconds)
    default: break
    }
  }
}
