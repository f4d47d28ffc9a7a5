import Foundation
import KugelEngine
import KugelText

/// What the tone engine makes of a text, as little-endian bytes.
///
/// - Parameter voice: nil is the engine's usual one.
func toneBytes(_ text: String, voice: Int? = nil, speed: Double = 1) throws -> Data {
  var data = Data()
  let engine = ToneEngine()
  try engine.speak(Utterance(text: text, voice: voice ?? engine.defaultVoice, speed: speed)) {
    piece in
    if case .samples(let samples) = piece {
      unsafe samples.withUnsafeBytes { unsafe data.append(contentsOf: $0) }
    }
    return true
  }
  return data
}
