@testable import KugelServiceCore
@testable import KugelText
@testable import KugelWire

/// A multi-context service with its clock and an engine that speaks one sample for each character.
struct MultiBench {
  var service: MultiService
  var now = ContinuousClock.now
  var jobs: [SynthesisJob] = []
  var closedWith: UInt16?
  /// The turns that are over, such as `a completed`.
  var ends: [String] = []

  init(_ adapt: (inout ServiceProfile) -> Void = { _ in }) {
    var profile = ServiceProfile { reference in
      if case .id(let id) = reference, id < 100 { id } else { nil }
    }
    adapt(&profile)
    service = MultiService(profile: profile)
  }

  mutating func after(_ wait: Duration = .zero, _ event: ServiceEvent) -> [String] {
    now += wait
    return service.receive(event, at: now).compactMap { action in
      switch action {
      case .send(let frame): return told(frame)
      case .synthesise(let job): jobs.append(job)
      case .abort: jobs = []
      case .abortContext(let name): jobs.removeAll { $0.context == name }
      case .releaseContext: break
      case .turnEnded(let end, let context): ends.append("\(context ?? "-") \(end)")
      case .close(let code, _): closedWith = code
      }
      return nil
    }
  }

  mutating func send(_ frame: ClientFrame, after wait: Duration = .zero) -> [String] {
    after(wait, .frame(frame))
  }

  /// The engine speaks the oldest job of a context, or the oldest of all.
  mutating func speak(_ context: String? = nil) -> [String] {
    guard let index = jobs.firstIndex(where: { context == nil || $0.context == context }) else {
      return []
    }
    let job = jobs.remove(at: index)
    let samples = [Int16](repeating: 1, count: job.utterance.text.count)
    let news: [EngineNews] = [.started, .samples(samples), .finished]
    return news.flatMap { after(.zero, .engine($0, job: job.id)) }
  }

  mutating func speakAll() -> [String] {
    var told: [String] = []
    while !jobs.isEmpty { told += speak() }
    return told
  }

  var texts: [String] { jobs.map { "\($0.context ?? "-"): \($0.utterance.text)" } }
}

func told(_ frame: ServiceFrame) -> String {
  let word =
    switch frame.message {
    case .generationStarted(let chunk, let text): "started \(chunk) \(text)"
    case .audio(let audio): "audio \(audio.index)"
    case .wordTimes: "words"
    case .chunkComplete(let chunk, _, _): "complete \(chunk)"
    case .warning: "warning"
    case .final: "final"
    case .sessionClosed(let totals, let usage):
      "session closed \(totals.audioSeconds)" + (usage == nil ? "" : " with usage")
    case .interrupted: "interrupted"
    case .settingsUpdated: "updated"
    case .contextCreated: "created"
    case .contextTimeout: "timeout"
    case .contextClosed(let usage):
      usage.map { "closed \($0.characters ?? -1) characters" } ?? "closed"
    case .error(let error): "error \(error.name)"
    }
  return frame.context.map { "\($0) \(word)" } ?? word
}

extension ClientFrame {
  /// A frame for one context, its voice where a context takes it from.
  static func of(
    _ context: String?, text: String? = nil, voice: Int? = nil, flush: Bool = false,
    _ adapt: (inout ClientFrame) -> Void = { _ in }
  ) -> ClientFrame {
    var frame = ClientFrame()
    frame.context = context
    frame.text = text
    frame.contextSettings.voice = voice.map(VoiceReference.id)
    frame.flush = flush
    adapt(&frame)
    return frame
  }

  static func closing(_ context: String, immediate: Bool = false) -> ClientFrame {
    of(context) {
      $0.closeContext = true
      $0.immediate = immediate
    }
  }

  static func cancelling(_ context: String) -> ClientFrame { of(context) { $0.cancel = true } }
}
