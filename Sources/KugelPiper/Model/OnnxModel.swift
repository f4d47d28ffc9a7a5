import KugelEngine

/// A voice's model in ONNX Runtime, cut in parts where that can be done.
final class OnnxModel: PiperModel {
  /// Those of the plan.
  struct Sessions {
    var encoder: OnnxSession?
    var front: OnnxSession
    var flow: OnnxSession?
    var vocoder: OnnxSession?
  }

  private let runtime: OnnxRuntime
  private let plan: PreparedPlan
  private let sessions: Sessions
  let framesPerID: Double

  init(_ runtime: OnnxRuntime, _ plan: PreparedPlan, _ sessions: Sessions) {
    self.runtime = runtime
    self.plan = plan
    self.sessions = sessions
    framesPerID = plan.framesPerID
  }

  func speak(
    _ request: PiperRequest, stop: Cancellation,
    timed: (_ frames: [Int], _ hop: Int) -> Void, take: ([Float]) -> Bool
  ) throws(PiperModelError) {
    do throws(OnnxRuntime.Failure) {
      let handle = try OnnxStop(runtime)
      stop.onCancel { handle.stop() }
      defer { stop.onCancel(nil) }
      try run(request, handle, timed: timed) { !stop.isCancelled && take($0) }
    } catch {
      if stop.isCancelled { return }
      throw PiperModelError(cause: error.cause)
    }
  }

  private func run(
    _ request: PiperRequest, _ stop: OnnxStop,
    timed: (_ frames: [Int], _ hop: Int) -> Void, take: ([Float]) -> Bool
  ) throws(OnnxRuntime.Failure) {
    let made = try begin(request, stop)
    let durations = made.count > 1 ? try Self.durations(made[1].values, of: request.ids.count) : nil
    guard let part = plan.vocoder, let vocoder = sessions.vocoder else {
      let samples = made[0].values
      if let durations {
        let frames = durations.reduce(0, +)
        if frames > 0, samples.count.isMultiple(of: frames) {
          timed(durations, samples.count / frames)
        }
      }
      // In parts, so that it can be stopped between them.
      for start in stride(from: 0, to: samples.count, by: Self.part) {
        guard take(Array(samples[start..<min(samples.count, start + Self.part)])) else { return }
      }
      return
    }
    guard let given = VoiceFrames(made[0]) else {
      throw OnnxRuntime.Failure(cause: "its frames have an unknown form")
    }
    var frames = plan.flow == nil ? given : VoiceFrames(like: given)
    var flowing = FrameWindows(
      frames: given.count, reach: plan.flow?.reach ?? 0, .flow(before: part.reach))
    for window in FrameWindows(frames: given.count, reach: part.reach, .sound) {
      while frames.ready < window.run.upperBound, let next = flowing.next() {
        try flow(request, given, next, into: &frames, stop)
      }
      let sound = try vocoder.run(
        [(part.inputs[0], frames.part(window.run))]
          + inputs(request, Array(part.inputs.dropFirst())), part.outputs, stop)
      let samples = sound[0].values
      guard samples.count.isMultiple(of: window.run.count) else {
        throw OnnxRuntime.Failure(cause: "its sound does not fit its frames")
      }
      let hop = samples.count / window.run.count
      if window.made.lowerBound == 0, let durations { timed(durations, hop) }
      let start = (window.made.lowerBound - window.run.lowerBound) * hop
      guard take(Array(samples[start..<start + window.made.count * hop])) else { return }
    }
  }

  /// - Returns: frames, or samples where there is no vocoder, and durations where they are told.
  private func begin(
    _ request: PiperRequest, _ stop: OnnxStop
  ) throws(OnnxRuntime.Failure) -> [OnnxSession.Output] {
    let part = plan.front
    guard let first = plan.encoder, let encoder = sessions.encoder else {
      return try sessions.front.run(inputs(request, part.inputs), part.outputs, stop)
    }
    let text = try encoder.run(inputs(request, first.inputs), first.outputs, stop)[0]
    return try sessions.front.run(
      [(part.inputs[0], .floats(text.values, shape: text.shape))]
        + inputs(request, Array(part.inputs.dropFirst())), part.outputs, stop)
  }

  private func flow(
    _ request: PiperRequest, _ given: VoiceFrames, _ window: FrameWindows.Window,
    into frames: inout VoiceFrames, _ stop: OnnxStop
  ) throws(OnnxRuntime.Failure) {
    guard let part = plan.flow, let session = sessions.flow else { return }
    let mask = OnnxSession.Input.floats(
      [Float](repeating: 1, count: window.run.count), shape: [1, 1, Int64(window.run.count)])
    let made = try session.run(
      [(part.inputs[0], given.part(window.run)), (part.inputs[1], mask)]
        + inputs(request, Array(part.inputs.dropFirst(2))), part.outputs, stop)
    guard frames.take(made[0], window) else {
      throw OnnxRuntime.Failure(cause: "its frames have an unknown form")
    }
  }

  /// Samples of a whole run that are handed over at once.
  private static let part = 4_096

  private func inputs(
    _ request: PiperRequest, _ names: [String]
  ) -> [(name: String, value: OnnxSession.Input)] {
    names.compactMap { name in
      switch PiperInput(rawValue: name) {
      case .ids: (name, .integers(request.ids, shape: [1, Int64(request.ids.count)]))
      case .count: (name, .integers([Int64(request.ids.count)], shape: [1]))
      case .scales: (name, .floats(request.scales, shape: [Int64(request.scales.count)]))
      case .speaker: (name, .integers([Int64(request.speaker ?? 0)], shape: [1]))
      case nil: nil
      }
    }
  }

  private static func durations(
    _ values: [Float], of ids: Int
  ) throws(OnnxRuntime.Failure) -> [Int]? {
    // A sentence of ten minutes has fewer.
    guard values.count == ids else { return nil }
    guard values.allSatisfy({ $0 >= 0 && $0 < 60_000 }) else {
      throw OnnxRuntime.Failure(cause: "its durations are none")
    }
    return values.map { Int($0) }
  }
}
