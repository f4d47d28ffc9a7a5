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
    var isRehearsed = false
    while let frame = try? line.receive() {
      switch frame {
      case .speak(let request) where request.isRepeatable:
        if !isRehearsed { rehearse() }
        isRehearsed = true
        speakAfresh(request, line)
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

  /// Speaks in a copy of this process, so that each request is spoken by a library that has spoken nothing yet:
  /// where its flutter, its noise and its gain stand depends on all that its process has spoken, and cannot be
  /// set.
  private static func speakAfresh(_ request: EspeakRequest, _ line: FrameSocket) {
    alarm(longestStep)
    EspeakLibrary.shared.load(request.identifier)
    alarm(0)
    let copy = Glibc.fork()
    guard copy > 0 else {
      // Where the system has no process to give, this one has to do.
      let isCopy = copy == 0
      if isCopy { kugel_end_with_parent() }
      let isHeard = speak(request, line)
      if isCopy || !isHeard { _exit(0) }
      return
    }
    var status: CInt = 0
    while unsafe waitpid(copy, &status, 0) < 0, errno == EINTR {}
    let cause = status & 0x7f
    guard cause != 0 else { return }
    // What it died of is to be seen from outside, and the frame it was sending is torn.
    signal(cause, SIG_DFL)
    raise(cause)
    _exit(1)
  }

  /// Does what every copy does first, so that none of them has to find functions and types, and get memory for them,
  /// that its parent has: a third of the pages that a copy would write to. Always the same words in the same voice,
  /// as what is spoken later hangs on them.
  private static func rehearse() {
    var ends: [CInt] = [-1, -1]
    let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return }
    defer { close(ends[1]) }
    // It is short enough to wait in the line until that is closed.
    let request = EspeakRequest(
      identifier: "gmw/en", text: Array("1 a.\0".utf8), endsClause: true, isRepeatable: true,
      wordsPerMinute: 175, pitch: 50)
    _ = speak(request, FrameSocket(descriptor: ends[0]))
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
