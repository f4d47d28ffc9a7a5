import KugelEngine
import KugelText

/// Everything that an engine delivered for one text.
package struct Speech {
  package var pieces: [SpokenPiece] = []

  package init() {}

  package var samples: [Int16] {
    pieces.flatMap { piece -> [Int16] in
      if case .samples(let samples) = piece { samples } else { [] }
    }
  }

  package var words: [WordTime] {
    pieces.flatMap { piece -> [WordTime] in
      if case .words(let words) = piece { words } else { [] }
    }
  }
}

extension SpeechEngine {
  /// - Parameter limit: pieces after which to stop the engine.
  package func speech(
    _ text: String, voice: Int? = nil, speed: Double = 1, pitch: Int = 50, words: Bool = false,
    limit: Int = .max
  ) throws -> Speech {
    var speech = Speech()
    let utterance = Utterance(
      text: text, voice: voice ?? defaultVoice, speed: speed, pitch: pitch, wantsWordTimes: words)
    try speak(utterance) { piece in
      speech.pieces.append(piece)
      return speech.pieces.count < limit
    }
    return speech
  }
}

/// The part of a text between two offsets in Unicode scalars.
package func slice(_ text: String, _ start: Int, _ end: Int) -> String {
  var view = String.UnicodeScalarView()
  view.append(contentsOf: Array(text.unicodeScalars)[start..<end])
  return String(view)
}
