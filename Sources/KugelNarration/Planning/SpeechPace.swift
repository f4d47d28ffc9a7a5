import KugelText

/// How long a text will take to say, before anything of it was said.
package struct SpeechPace: Equatable, Sendable {
  /// Multiple of the normal pace.
  package var speed: Double

  package init(speed: Double = 1) { self.speed = speed }

  /// Of a sentence's pause, and of a weight of 1 at the normal pace.
  package static let (pause, perWeight) = (0.25, 0.063)

  /// Seconds.
  package func seconds(of sentence: some Collection<Unicode.Scalar>) -> Double {
    let weight = SpokenWeight.of(sentence)
    return weight == 0 ? 0 : (Self.pause + weight * Self.perWeight) / speed
  }
}

/// How much there is to say, in letters.
package enum SpokenWeight {
  /// Of each digit where they are read as long numbers: "384" is "dreihundertvierundachtzig".
  package static let mostOfDigit = 9.0

  /// - Parameter digits: of each digit: "1984" is four words to some voices, and four signs to others.
  package static func of(_ text: some Collection<Unicode.Scalar>, digits: Double = 4) -> Double {
    var weight = 0.0
    for scalar in text {
      if scalar.isDigit {
        weight += digits
      } else if scalar.isEastAsian {
        weight += scalar.isSpeakable ? 3 : 0
      } else if scalar.isSpeakable {
        weight += 1
      } else if scalar.isWhite {
        weight += 0.3
      }
    }
    return weight
  }
}
