import KugelEngine
import KugelSystem
import KugelText
import Synchronization

/// A second of one sample value for each word; counts what it has made.
final class CountingEngine: SpeechEngine {
  let name = "counting"
  let nativeRate = 24_000
  let voices = [Voice(id: 1, name: "one", languages: ["en"])]
  let defaultVoice = 1
  let speedRange = 0.5...2.0
  let pitchRange = 0.0...100.0
  private let made = Mutex(0)
  private let spoken = Mutex<[String]>([])
  private let mayGoOn: Monitor<Bool>

  /// - Parameter waits: whether the second text waits for `goOn`.
  init(waits: Bool = false) { mayGoOn = Monitor(!waits) }

  /// Seconds of audio made so far.
  var seconds: Int { made.withLock { $0 } }

  /// The texts begun so far, in order.
  var texts: [String] { spoken.withLock { $0 } }

  func goOn() { mayGoOn.change { $0 = true } }

  func speak(_ utterance: Utterance, deliver: (SpokenPiece) -> Bool) throws(EngineError) {
    let number = spoken.withLock { texts in
      texts.append(utterance.text)
      return texts.count
    }
    if number == 2 { mayGoOn.wait { $0 ? () : nil } }
    for _ in utterance.text.split(separator: " ") {
      made.withLock { $0 += 1 }
      guard deliver(.samples([Int16](repeating: 1000, count: 24_000))) else { return }
    }
  }
}
