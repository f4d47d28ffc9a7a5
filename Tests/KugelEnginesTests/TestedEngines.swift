import KugelCommand
import KugelEngine
import KugelEngines
import KugelEspeak
import KugelText

@testable import KugelPiper

/// The engines as they are tried: one that needs what may not be installed has a stand-in for it.
enum TestedEngines {
  /// A program that is silent for a fifth of a second for each letter.
  private static let speaker =
    #"sh -c 'read -r line; head -c $(( ${#line} * 9600 * 175 / {rate} / 2 * 2 )) /dev/zero'"#

  static func open(_ entry: EngineEntry) -> any SpeechEngine {
    if entry.name == CommandEngine.name {
      var setup = EngineSetup()
      setup.options = ["command": speaker, "rate": "24000"]
      return entry.open(setup)
    }
    guard entry.name == PiperEngine.name else { return entry.open(EngineSetup()) }
    let voices = ["en_US-one-medium", "de_DE-zwei-medium"].map { handle in
      PiperVoice(
        handle: handle, model: "/nowhere/\(handle).onnx", id: PiperVoice.number(for: handle))
    }
    let letters = "^_$ .,:;?!abcdefghijklmnopqrstuvwxyzæçðøħŋɐɑɒɔəɚɛɜɡɪɬɫɹɾʁʃʊʌʒʔˈˌː\u{303}"
    let map = letters.unicodeScalars.enumerated().map { "\"\($1)\": [\($0 + 1)]" }
    let json = { (voice: String) in
      """
      {"audio": {"sample_rate": 22050}, "espeak": {"voice": "\(voice)"},
       "phoneme_id_map": {\(map.joined(separator: ", "))}}
      """
    }
    let descriptions = ["en-us", "de"].compactMap {
      try? PiperDescription(json: Array(json($0).utf8))
    }
    return PiperEngine(
      shelf: VoiceShelf(known: Array(zip(voices, descriptions))),
      models: PiperModels { (_) throws(EngineError) in EvenModel() },
      phonemiser: EspeakPhonemiser(EngineSetup()))
  }
}

/// Speaks like a voice whose ids last as long as those of most voices, without any library.
private struct EvenModel: PiperModel {
  private static let hop = 256
  let framesPerID = PiperSpeed.usualFrames

  func speak(
    _ request: PiperRequest, stop: Cancellation,
    timed: (_ frames: [Int], _ hop: Int) -> Void, take: ([Float]) -> Bool
  ) throws(PiperModelError) {
    var exact = 0.0
    let frames = request.ids.map { _ in
      let before = Int(exact)
      exact += 0.5 + (framesPerID - 0.5) * Double(request.scales[1])
      return Int(exact) - before
    }
    timed(frames, Self.hop)
    for window in FrameWindows(frames: frames.reduce(0, +), reach: 12, .sound) {
      guard take([Float](repeating: 0.25, count: window.made.count * Self.hop)) else { return }
    }
  }
}
