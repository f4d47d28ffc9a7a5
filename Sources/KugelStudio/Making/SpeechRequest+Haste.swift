import KugelJobs
import KugelWire

extension SpeechRequest {
  /// Spoken faster than was asked for.
  func hurried(by factor: Double) -> SpeechRequest {
    var request = self
    request.speed = speed * factor
    // What was set for others before stays set where a connection is shared.
    if engine.isRemote { request.settings.speed = request.speed }
    return request
  }

  /// Whether who speaks can speak so much faster.
  func takes(haste factor: Double) -> Bool {
    (try? SpeakingPace(rate: nil, speed: speed * factor).multiple(for: engine)) != nil
  }
}
