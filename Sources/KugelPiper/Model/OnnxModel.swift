import KugelEngine

/// A voice's model in ONNX Runtime, cut in two where that can be done.
final class OnnxModel: PiperModel {
  private let runtime: OnnxRuntime
  private let plan: PreparedPlan
  private let front: OnnxSession
  private let vocoder: OnnxSession?
  let framesPerID: Double

  init(
    _ runtime: OnnxRuntime, _ plan: PreparedPlan, front: OnnxSession, vocoder: OnnxSession?
  ) {
    self.runtime = runtime
    self.plan = plan
    self.front = front
    self.vocoder = vocoder
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
    let made = try front.run(inputs(request, plan.frontInputs), plan.frontOutputs, stop)
    let durations = made.count > 1 ? try Self.durations(made[1].values, of: request.ids.count) : nil
    guard let vocoder else {
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
    let frames = made[0]
    guard frames.shape.count == 3, frames.shape[0] == 1, frames.shape[1] > 0 else {
      throw OnnxRuntime.Failure(cause: "its frames have an unknown form")
    }
    let (channels, count) = (Int(frames.shape[1]), Int(frames.shape[2]))
    var windows = SoundWindows(frames: count)
    while let window = windows.next() {
      let sound = try vocoder.run(
        [(plan.vocoderInputs[0], Self.part(of: frames.values, channels, count, window.run))]
          + inputs(request, Array(plan.vocoderInputs.dropFirst())), plan.vocoderOutputs, stop)
      let samples = sound[0].values
      guard samples.count.isMultiple(of: window.run.count) else {
        throw OnnxRuntime.Failure(cause: "its sound does not fit its frames")
      }
      let hop = samples.count / window.run.count
      if window.heard.lowerBound == 0, let durations { timed(durations, hop) }
      let start = (window.heard.lowerBound - window.run.lowerBound) * hop
      guard take(Array(samples[start..<start + window.heard.count * hop])) else { return }
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

  /// - Parameter values: channel after channel.
  private static func part(
    of values: [Float], _ channels: Int, _ frames: Int, _ range: Range<Int>
  ) -> OnnxSession.Input {
    var part: [Float] = []
    part.reserveCapacity(channels * range.count)
    for channel in 0..<channels {
      part += values[(channel * frames + range.lowerBound)..<(channel * frames + range.upperBound)]
    }
    return .floats(part, shape: [1, Int64(channels), Int64(range.count)])
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
