import KugelEngine
import KugelSystem
import Synchronization

/// Brings voices into ONNX Runtime: as they were prepared for it before, else from their files, which
/// prepares them.
final class VoiceLoader: Sendable {
  private let runtime: RuntimeShelf
  private let store: PreparedStore
  private let threads: Int
  private let trial: @Sendable (PiperVoice) -> PiperRequest
  private let warn: @Sendable (String) -> Void

  /// Bytes that a model may have.
  private static let longest = 1 << 30

  /// - Parameter trial: what a voice is measured with.
  init(
    _ runtime: RuntimeShelf, _ store: PreparedStore, threads: Int,
    trial: @escaping @Sendable (PiperVoice) -> PiperRequest,
    warn: @escaping @Sendable (String) -> Void
  ) {
    self.runtime = runtime
    self.store = store
    self.threads = threads
    self.trial = trial
    self.warn = warn
  }

  /// - Throws: `.unavailable` without the library, `.failed` for a model that it does not take.
  func load(_ voice: PiperVoice) throws(EngineError) -> any PiperModel {
    let runtime = try runtime.open()
    let key = PreparedStore.Key(model: voice.model, library: runtime.version)
    if let key, let plan = store.plan(of: key) {
      if let model = try? prepared(runtime, plan, at: store.path(of: key) ?? "") { return model }
      // What is kept is damaged, and made again.
      store.discard(key)
    }
    return try fresh(voice, runtime, key)
  }

  private func prepared(
    _ runtime: OnnxRuntime, _ plan: PreparedPlan, at folder: String
  ) throws -> OnnxModel? {
    @Sendable func session(_ name: String) throws -> OnnxSession {
      try OnnxSession(runtime, .mapping(FileMapping(folder + "/" + name)), threads: threads)
    }
    // Loading the front takes as long as loading all others, which need not wait for it.
    let front = Mutex<Result<OnnxSession, any Error>?>(nil)
    let thread = try Thread(name: "kugel-voice") {
      let made = Result { try session(PreparedStore.front) }
      front.withLock { $0 = made }
    }
    let others = Result {
      (
        encoder: plan.encoder == nil ? nil : try session(PreparedStore.encoder),
        flow: plan.flow == nil ? nil : try session(PreparedStore.flow),
        vocoder: plan.vocoder == nil ? nil : try session(PreparedStore.vocoder)
      )
    }
    thread.join()
    let (encoder, flow, vocoder) = try others.get()
    guard let front = try front.withLock(\.self)?.get() else { return nil }
    return OnnxModel(
      runtime, plan,
      OnnxModel.Sessions(encoder: encoder, front: front, flow: flow, vocoder: vocoder))
  }

  private func fresh(
    _ voice: PiperVoice, _ runtime: OnnxRuntime, _ key: PreparedStore.Key?
  ) throws(EngineError) -> any PiperModel {
    let cut: GraphCut
    do throws(ProtobufScanner.Malformed) {
      cut = try GraphCut(try read(voice.model))
    } catch {
      throw .failed(
        engine: PiperEngine.name,
        cause: "\(voice.model) is no ONNX model, or a broken one; \(voice.remedy)")
    }
    var draft: String?
    if let key {
      do throws(SystemError) { draft = try store.begin(key) } catch { tellUnkept(error) }
    }
    do throws(OnnxRuntime.Failure) {
      return try make(cut, voice, runtime, key, draft)
    } catch {
      if let draft { PreparedStore.remove(draft) }
      // The disk may be full, which the library calls a failure of the model.
      if draft != nil, let model = try? make(cut, voice, runtime, nil, nil) {
        warn(
          "\(voice.handle) could not be kept prepared (\(error.cause)); it starts slowly each time")
        return model
      }
      throw .failed(
        engine: PiperEngine.name,
        cause: "ONNX Runtime \(runtime.version) does not take \(voice.model): \(error.cause); "
          + voice.remedy)
    }
  }

  private func make(
    _ cut: GraphCut, _ voice: PiperVoice, _ runtime: OnnxRuntime, _ key: PreparedStore.Key?,
    _ draft: String?
  ) throws(OnnxRuntime.Failure) -> OnnxModel {
    var plan = PreparedPlan(cut)
    func session(
      _ part: GraphCut.Part, _ name: String
    ) throws(OnnxRuntime.Failure) -> OnnxSession {
      try OnnxSession(
        runtime, .file(part.file), threads: threads, keeping: draft.map { $0 + "/" + name })
    }
    var sessions = OnnxModel.Sessions(front: try session(cut.front, PreparedStore.front))
    if let encoder = cut.encoder {
      sessions.encoder = try session(encoder, PreparedStore.encoder)
    }
    if let flow = cut.flow { sessions.flow = try session(flow, PreparedStore.flow) }
    if let vocoder = cut.vocoder { sessions.vocoder = try session(vocoder, PreparedStore.vocoder) }
    plan.framesPerID = Self.framesPerID(of: OnnxModel(runtime, plan, sessions), trial(voice))
    if let draft, let key {
      do throws(SystemError) { try store.keep(draft, key, plan) } catch {
        PreparedStore.remove(draft)
        tellUnkept(error)
      }
    }
    return OnnxModel(runtime, plan, sessions)
  }

  private func tellUnkept(_ error: SystemError) {
    warn(
      "what a voice needs for a quick start cannot be kept in \(store.folder ?? "a cache"): "
        + "\(error.cause); each start is slow")
  }

  /// Measured on a sentence that has the same phonemes for all voices.
  private static func framesPerID(of model: OnnxModel, _ request: PiperRequest) -> Double {
    var total: Int?
    try? model.speak(request, stop: Cancellation()) { frames, _ in
      total = frames.reduce(0, +)
    } take: { _ in
      false
    }
    guard let total, !request.ids.isEmpty else { return PiperSpeed.usualFrames }
    return Double(total) / Double(request.ids.count)
  }

  private func read(_ path: String) throws(ProtobufScanner.Malformed) -> [UInt8] {
    // What cannot be read was found out with what stands beside it, or has gone since.
    guard let file = try? FileMapping(path), unsafe file.bytes.count <= Self.longest else {
      throw ProtobufScanner.Malformed()
    }
    return unsafe Array(file.bytes)
  }
}
