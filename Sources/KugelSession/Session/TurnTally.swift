/// What the turns of a run came to, however many they were: a run may be endless, and keeps none.
package struct TurnTally: Equatable, Sendable {
  package private(set) var complete = 0
  package private(set) var empty = 0
  package private(set) var cancelled = 0
  package private(set) var failed = 0
  /// Unicode scalars sent.
  package private(set) var characters = 0
  package private(set) var audioSamples = 0
  /// Why the first of those that failed did.
  package private(set) var firstFailure: SessionFailure?

  package init() {}

  /// Whether there was anything to say.
  package var hadText: Bool { complete + cancelled + failed > 0 }
  /// Everything asked for was spoken.
  package var isWhole: Bool { cancelled + failed == 0 }

  package mutating func add(_ report: TurnReport) {
    characters += report.characters
    audioSamples += report.audioSamples
    switch report.ending {
    case .complete: complete += 1
    case .empty: empty += 1
    case .cancelled: cancelled += 1
    case .failed(let failure):
      failed += 1
      firstFailure = firstFailure ?? failure
    }
  }
}
