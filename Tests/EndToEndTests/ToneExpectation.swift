import Foundation
import KugelCore
import KugelEngine

/// What the tone engine makes of a text, as little-endian bytes.
func toneBytes(_ text: String) throws -> Data {
  var data = Data()
  let engine = ToneEngine()
  try engine.speak(Utterance(text: text, voice: engine.defaultVoice)) { piece in
    if case .samples(let samples) = piece {
      unsafe samples.withUnsafeBytes { unsafe data.append(contentsOf: $0) }
    }
    return true
  }
  return data
}
