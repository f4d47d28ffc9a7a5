import Glibc

// What signals do to a run.
extension SpeechRun {
  /// How long Ctrl-C waits for the service to acknowledge.
  private static var acknowledgementPatience: Duration { .milliseconds(500) }

  func signal(_ number: CInt) {
    switch number {
    case SIGUSR1:
      if !inputEnded, let wishes = input.signal(.togglePause, at: .now) {
        take(wishes)
      } else {
        pause(!isPaused)
      }
    case SIGTSTP: sleep()
    case SIGINT:
      if !inputEnded, let wishes = input.signal(.interrupt, at: .now) {
        take(wishes)
      } else {
        leave(by: number)
      }
    default: leave(by: number)
    }
  }

  func leave(by signal: CInt) {
    outcome.signal = signal
    stop()
  }

  /// Ctrl-Z: the sound is held, and goes on where it was when the process does.
  private func sleep() {
    if !isPaused {
      outputs.pause(true)
      // A stopped process cannot make a device fall silent.
      outputs.waitForSilence(atMost: .milliseconds(200))
    }
    input.suspend()
    kill(getpid(), SIGSTOP)
    input.resume()
    // Nobody was silent while nobody listened.
    apply(.held(true))
    apply(.held(isHeld))
    pause(isPaused)
  }

  /// Silence first; then the service is told, and what was made is kept.
  func stop() {
    inputEnded = true
    silence()
    outputs.cut()
    giveUpAt = .now + Self.acknowledgementPatience
    apply(.cancel)
    apply(.finish)
  }
}
