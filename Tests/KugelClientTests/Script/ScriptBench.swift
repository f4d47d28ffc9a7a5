import Glibc
import KugelAudio
import KugelConnections
import KugelEngine
import KugelScreenplay
import KugelService
import KugelServiceCore
import KugelSession
import KugelSystem
import KugelText
import KugelWire
import Testing

@testable import KugelClient

/// A run of a script over tone engines, into memory.
final class ScriptBench {
  let inbox: Inbox<RunEvent>
  let mix = Monitor<[Int16]>([])
  /// By speaker; sounds are under their own name.
  private var stems: [String: Monitor<[Int16]>] = [:]
  private var lines: [Int: Monitor<[Int16]>] = [:]
  private var workers: [SynthesisWorker] = []
  var director = Director.Settings()
  var policy = SessionPolicy()
  var adaptProfile: (inout ServiceProfile) -> Void = { _ in }
  var onNotice: (ScriptNotice) -> Void = { _ in }
  var listeners: [any RunListener] = []
  private(set) var servicesOpened: [String] = []

  init() throws {
    inbox = try Inbox()
    (policy.firstTimeout, policy.stallTimeout) = (nil, nil)
  }

  deinit { for worker in workers { worker.stop() } }

  func run(_ script: String) throws -> ScriptOutcome {
    var play = Screenplay(options: Self.options)
    let pieces = play.append(script) + play.finish()
    let items = try pieces.map { piece in
      guard case .item(let item) = piece else { throw BadScript(piece: piece) }
      return item
    }
    return try run(.items(items))
  }

  struct BadScript: Error { let piece: Screenplay.Piece }

  static var options: Screenplay.Options {
    var options = Screenplay.Options()
    options.engines = ["tone", "other"]
    return options
  }

  func run(_ source: ScriptSource) throws -> ScriptOutcome {
    let parts = PartFiles(
      rate: director.rate,
      stem: { [self] _, name in
        let samples = Monitor<[Int16]>([])
        stems[name ?? "[sounds]"] = samples
        return PartFile(path: name ?? "[sounds]", runner: sink(samples))
      },
      line: { [self] number, _ in
        let samples = Monitor<[Int16]>([])
        lines[number] = samples
        return PartFile(path: "\(number)", runner: sink(samples))
      })
    let setup = ScriptSetup(
      director: director, source: source,
      cast: { voice, traits in
        guard case .named(let reference, let engine) = voice.choice else { throw Uncast() }
        var settings = TurnSettings()
        settings.voice = reference
        settings.speed = traits.speed ?? 1
        settings.sampleRate = 24_000
        settings.temperature = traits[.temperature]?.number
        settings.cfgScale = traits[.cfgScale]?.number
        return ScriptVoice(service: engine ?? "tone", settings: settings)
      },
      service: { [self] name, link in
        servicesOpened.append(name)
        var profile = ServiceProfile { reference in
          if case .id(let id) = reference, id <= 20 { id } else { nil }
        }
        profile.limits.speeds = 0.25...4
        adaptProfile(&profile)
        let worker = try SynthesisWorker(engine: ToneEngine())
        workers.append(worker)
        return ScriptService(
          LocalConnection(
            profile: profile, worker: worker, endpoint: .multi, news: inbox.news(ofLink: link)),
          policy: policy)
      })
    var run = RunSetup(
      inbox: inbox, outputs: OutputSet([sink(mix)], capacity: 10, parts: parts))
    run.listeners = listeners
    return try ScriptPart.perform(setup, in: run) { [self] in onNotice($0) }
  }

  struct Uncast: Error {}

  private func sink(_ samples: Monitor<[Int16]>) -> SinkRunner {
    SinkRunner(
      target: "memory", onChange: { [inbox] in inbox.post(.sinkChanged) },
      makeSink: { CollectingSink(samples) })
  }

  var mixed: [Int16] { mix.withLock { $0 } }
  var stemNames: Set<String> { Set(stems.keys) }
  func stem(_ name: String) -> [Int16] { stems[name]?.withLock { $0 } ?? [] }
  func line(_ number: Int) -> [Int16] { lines[number]?.withLock { $0 } ?? [] }
}

func tone(_ text: String, voice: Int = 1, speed: Double = 1) throws -> [Int16] {
  var samples: [Int16] = []
  try ToneEngine().speak(Utterance(text: text, voice: voice, speed: speed)) { piece in
    if case .samples(let more) = piece { samples += more }
    return true
  }
  return samples
}

/// Places sounds on a time line, as the mix is to have them.
struct TimeLine {
  private(set) var samples: [Int16] = []
  private(set) var stems: [String: [Int16]] = [:]
  private var end = 0

  /// - Parameter lead: frames between the end of the one before and the beginning of this.
  mutating func add(_ sound: [Int16], _ speaker: String, lead: Int) {
    let start = end + lead
    end = start + sound.count
    Self.put(sound, into: &samples, at: start)
    Self.put(sound, into: &stems[speaker, default: []], at: start)
    for name in stems.keys { Self.put([], into: &stems[name]!, at: samples.count) }
  }

  private static func put(_ sound: [Int16], into track: inout [Int16], at start: Int) {
    let missing = start + sound.count - track.count
    if missing > 0 { track += [Int16](repeating: 0, count: missing) }
    for (offset, sample) in sound.enumerated() { track[start + offset] += sample }
  }
}
