import Testing

@testable import KugelServiceCore
@testable import KugelText
@testable import KugelWire

let benchStart = ContinuousClock.now

/// A service with its clock and an engine that speaks one sample for each character.
struct ServiceBench<Core: ServiceCore> {
  var service: Core
  var now = benchStart
  var jobs: [SynthesisJob] = []
  /// The turns that are over, such as `- completed`.
  var ends: [String] = []

  init(_ service: Core) { self.service = service }

  mutating func after(_ wait: Duration = .zero, _ event: ServiceEvent)
    -> [ServiceAction]
  {
    now += wait
    let actions = service.receive(event, at: now)
    for action in actions {
      switch action {
      case .synthesise(let job): jobs.append(job)
      case .abort: jobs = []
      case .turnEnded(let end, let context): ends.append("\(context ?? "-") \(end)")
      case .send, .close, .abortContext, .releaseContext: break
      }
    }
    return actions
  }

  mutating func send(_ frame: ClientFrame, after wait: Duration = .zero) -> [ServiceMessage] {
    messages(after(wait, .frame(frame)))
  }

  /// The engine speaks the oldest job.
  mutating func speak() -> [ServiceMessage] {
    guard !jobs.isEmpty else { return [] }
    let job = jobs.removeFirst()
    let samples = [Int16](repeating: 1, count: job.utterance.text.count)
    let news: [EngineNews] = [.started, .samples(samples), .finished]
    return news.flatMap { messages(after(.zero, .engine($0, job: job.id))) }
  }

  mutating func speakAll() -> [ServiceMessage] {
    var messages: [ServiceMessage] = []
    while !jobs.isEmpty { messages += speak() }
    return messages
  }

  var texts: [String] { jobs.map(\.utterance.text) }
}

extension ServiceBench<StreamService> {
  static func stream(_ adapt: (inout ServiceProfile) -> Void = { _ in }) -> Self {
    ServiceBench(StreamService(profile: benchProfile(adapt)))
  }
}

extension ServiceBench<OneShotService> {
  static func oneShot(
    _ defaults: TurnSettings = TurnSettings(), _ adapt: (inout ServiceProfile) -> Void = { _ in }
  ) -> Self {
    ServiceBench(OneShotService(profile: benchProfile(adapt), defaults: defaults))
  }
}

/// Voices are the numbers below 100; nothing costs anything.
private func benchProfile(_ adapt: (inout ServiceProfile) -> Void) -> ServiceProfile {
  var profile = ServiceProfile { reference in
    if case .id(let id) = reference, id < 100 { id } else { nil }
  }
  profile.reportsUsage = false
  adapt(&profile)
  return profile
}

func messages(_ actions: [ServiceAction]) -> [ServiceMessage] {
  actions.compactMap { if case .send(let frame) = $0 { frame.message } else { nil } }
}

func text(_ text: String, voice: Int? = 7, flush: Bool = false) -> ClientFrame {
  var settings = TurnSettings()
  settings.voice = voice.map(VoiceReference.id)
  return ClientFrame(text: text, settings: settings, flush: flush)
}

func names(_ messages: [ServiceMessage]) -> [String] {
  messages.map { message in
    switch message {
    case .generationStarted(let chunk, let text): "started \(chunk) \(text)"
    case .audio(let frame): "audio \(frame.index) of \(frame.chunk)"
    case .wordTimes: "words"
    case .chunkComplete(let chunk, _, _): "complete \(chunk)"
    case .warning: "warning"
    case .final: "final"
    case .sessionClosed: "closed"
    case .interrupted: "interrupted"
    case .settingsUpdated: "updated"
    case .contextCreated, .contextTimeout, .contextClosed: "context"
    case .error(let error): "error \(error.code) \(error.name)"
    }
  }
}
