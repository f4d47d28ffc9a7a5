/// One `--set KEY=VALUE`.
package struct EngineSetting: Equatable, Sendable {
  package enum Key: String, CaseIterable, Sendable {
    case pitch

    package var meaning: String {
      switch self {
      case .pitch: "how high the voice is, 0 to 100; 50 is its own"
      }
    }

    package var range: ClosedRange<Int> {
      switch self {
      case .pitch: 0...100
      }
    }

    package static var choices: [Choice] {
      allCases.map { Choice($0.rawValue + "=", rest: "N", $0.meaning) }
    }
  }

  package var key: Key
  package var value: Int

  package init(_ text: String) throws(BadValue) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let key = Key(rawValue: String(parts[0])) else {
      throw BadValue(
        expected:
          "KEY=VALUE with one of the keys \(Key.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard let value = Int(parts[1]), key.range.contains(value) else {
      throw BadValue(
        expected: "\(key.rawValue)=\(key.range.lowerBound) to \(key.range.upperBound)")
    }
    self.key = key
    self.value = value
  }
}
