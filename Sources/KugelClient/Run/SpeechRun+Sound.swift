import KugelSession
import KugelWire

// The sound of a run: what is told about it, how it is cut, held and recorded, and who may be heard.
extension SpeechRun {
  func tell(_ event: SpeechSession.Event) {
    switch event {
    case .text(let text):
      outputs.textIsComplete(false)
      observer?.hear(text: text)
    case .endTurn: outputs.textIsComplete(true)
    case .finish:
      outputs.textIsComplete(true)
      observer?.hearEnd()
    default: break
    }
  }

  func play(_ frame: AudioFrame) {
    outputs.play(frame)
    let now = ContinuousClock.now
    tellGaps(at: now)
    reportPosition(at: now)
  }

  func tellGaps(at now: ContinuousClock.Instant) {
    while outputs.gaps > gapsTold {
      gapsTold += 1
      events?.ranDry(cushion: outputs.cushion, at: now)
      notify(.ranDry(cushion: outputs.cushion))
      take(input.ranDry(at: now))
    }
  }

  func reportPosition(at now: ContinuousClock.Instant) {
    let position = outputs.position
    events?.played(position, at: now)
    if !inputEnded { take(input.played(position, at: now)) }
  }

  /// Silence first; whoever asked for it tells the service then.
  func silence() {
    let position = outputs.silence()
    let now = ContinuousClock.now
    events?.silenced(at: position, now: now)
    take(input.silenced(at: position, now: now))
  }

  func pause(_ paused: Bool) {
    isPaused = paused
    holdSound()
  }

  private func holdSound() { outputs.pause(isPaused || setup.floor?.isWaiting ?? false) }

  // MARK: Recordings

  func record(_ path: String?) {
    do throws(ConversationProblem) {
      let recorder = try path.map { (path) throws(ConversationProblem) in
        try setup.makeRecorder(path)
      }
      outputs.record(to: recorder, path: path ?? "")
      take(input.recording(path, error: nil, at: .now))
    } catch {
      take(input.recording(path, error: error.message, at: .now))
    }
  }

  func tellRecordings() {
    for recording in outputs.endedRecordings() {
      events?.note(
        .file(
          path: recording.path, duration: recording.hasFailed ? nil : .seconds(recording.seconds),
          state: recording.hasFailed ? .failed : .complete))
    }
  }

  // MARK: Who may be heard

  /// A turn begins: until others have spoken its sound is held.
  func claimFloor() {
    guard let floor = setup.floor, floor.isFree else { return }
    switch floor.claim() {
    case .granted: break
    case .waiting:
      holdSound()
      notify(.waitingForOthers)
    case .refused:
      inbox.post(.floorRefused)
      return
    }
    floorLookAt = .now + Self.floorInterval
  }

  func floorGranted() {
    if setup.floor?.take() == true { holdSound() }
  }

  func leaveFloorIfQuiet(at now: ContinuousClock.Instant) {
    guard !isBusy && outputs.isQuiet else {
      floorLookAt = now + Self.floorInterval
      return
    }
    floorLookAt = nil
    setup.floor?.release()
    holdSound()
  }

  private static var floorInterval: Duration { .milliseconds(50) }
}
