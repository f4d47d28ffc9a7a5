import CEspeak
import Glibc
import KugelEngine

/// What a process of the engine does: it speaks what it is asked to, until its parent is gone.
enum EspeakServant {
  /// Where a process finds the line to its parent.
  static let descriptor: CInt = 3

  /// Longer without a word from the library, and it has lost its way; the system ends the process then.
  private static let longestStep: CUnsignedInt = 30
  static func run() -> Never {
    ignoreSignals()
    let line = FrameSocket(descriptor: descriptor)
    do throws(EngineError) {
      alarm(longestStep)
      try EspeakLibrary.shared.prepare()
      alarm(0)
      try? line.send(.ready(rate: EspeakLibrary.shared.rate))
    } catch {
      try? line.send(.unavailable(cause: error.cause))
    }
    while let frame = try? line.receive() {
      switch frame {
      case .speak(let request):
        guard speak(request, line) else { _exit(0) }
      case .expect(let identifier):
        if !line.isReadable() { EspeakLibrary.shared.load(identifier) }
      case .phonemise(let request):
        guard (try? line.send(phonemise(request))) != nil else { _exit(0) }
      case .cancel, .ready, .unavailable, .sound, .phonemes, .ended, .failed: break
      }
    }
    _exit(0)
  }

  private static func phonemise(_ request: PhonemeRequest) -> EspeakFrame {
    alarm(longestStep)
    defer { alarm(0) }
    do throws(EspeakFailure) {
      return .phonemes(try EspeakLibrary.shared.phonemise(request))
    } catch {
      if case .refused(let reason) = error { return .failed(cause: reason.cause) }
      return .ended
    }
  }

  /// - Parameter line: anything that can be read from it means that no more is wanted.
  /// - Returns: whether the parent was told all of it, and that it is the end.
  static func speak(_ request: EspeakRequest, _ line: FrameSocket) -> Bool {
    var batch = SoundBatch(isAwaited: !request.isRepeatable)
    alarm(longestStep)
    defer { alarm(0) }
    var last = EspeakFrame.ended
    do throws(EspeakFailure) {
      try EspeakLibrary.shared.speak(request) { sound in
        switch batch.take(sound, isWanted: { !line.isReadable() }) {
        case .goOn: true
        case .flush:
          batch.flush { sound in
            // The parent may take its time, or be suspended.
            alarm(0)
            defer { alarm(longestStep) }
            guard (try? line.send(sound)) != nil else { return false }
            // There is something to hear: whose listener still hears nothing goes first.
            sched_yield()
            return true
          }
        case .stop: false
        }
      }
    } catch {
      if case .refused(let reason) = error { last = .failed(cause: reason.cause) }
    }
    alarm(0)
    var isTold = false
    let isSent = batch.flush { sound in
      isTold = (try? line.send(sound, with: last)) != nil
      return isTold
    }
    return isTold || isSent && (try? line.send(last)) != nil
  }

  /// What a terminal or an operator sends is for the parent; this process ends with it.
  private static func ignoreSignals() {
    for number in [
      SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGTTIN, SIGTTOU, SIGUSR1, SIGUSR2, SIGPIPE,
      SIGWINCH,
    ] {
      signal(number, SIG_IGN)
    }
    signal(SIGALRM, SIG_DFL)
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigprocmask(SIG_SETMASK, &none, nil)
  }
}

extension EngineError {
  var cause: String {
    switch self {
    case .unavailable(_, let cause), .failed(_, let cause): cause
    case .unknownVoice(let number): "voice \(number)"
    }
  }
}
