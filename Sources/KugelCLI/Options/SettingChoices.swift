import KugelEngines
import KugelJobs
import KugelWire

// The table of settings as the command line shows it.
extension SettingKey {
  /// For help, man pages and completions: what `--set` takes.
  static let choices = ofOption.map {
    Choice($0.rawValue + "=", rest: $0.setting.placeholder, $0.explanation)
  }

  /// Its meaning, what it takes, and who takes it.
  private var explanation: String {
    let takers = EngineName.allCases.filter { $0.offer.takes(self) }.map(\.rawValue)
    let values = setting.kind == .truth ? "" : "; " + setting.kind.expected
    return setting.meaning + values + " (\(takers.joined(separator: ", ")))"
  }
}

extension EngineRegistry {
  /// `threads=2`; nil for what no engine understands alone.
  static func option(in text: String) -> (name: String, value: String)? {
    let sign = text.firstIndex(of: "=") ?? text.endIndex
    guard sign < text.endIndex, options.contains(where: { $0.option.name == text[..<sign] }) else {
      return nil
    }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  /// What the environment says to one engine, for man pages.
  static let variables = options.compactMap { option, takers in
    option.variable.map {
      Choice($0, "the same as `-x \(option.name)=` (\(takers.joined(separator: ", ")))")
    }
  }

  /// The same for what one engine understands alone.
  static let optionChoices = options.map { option, takers in
    Choice(
      option.name + "=", rest: option.placeholder,
      "\(option.meaning); \(option.expected) (\(takers.joined(separator: ", ")))")
  }
}

extension BadValue {
  /// Of `--set`.
  init(_ problem: SettingProblem) {
    let pair = "KEY=VALUE with one of the keys "
    switch problem {
    case .notPair: self.init(expected: pair + Self.list(SettingKey.ofOption))
    case .unknown(_, let meant, let known):
      self.init(
        expected: pair + Self.list(known), hint: meant.map { "Did you mean \($0.rawValue)?" })
    case .hasOption(_, let option), .isFixed(_, let option):
      self.init(
        expected: "KEY=VALUE for what has no option of its own", hint: "Say it with --\(option).")
    case .meansNothing(_, _, let known): self.init(expected: pair + Self.list(known))
    case .notTaken(let key, let expected, _):
      self.init(expected: "\(key.rawValue)= with \(expected)")
    }
  }

  private static func list(_ keys: [SettingKey]) -> String {
    keys.map(\.rawValue).joined(separator: ", ")
  }
}

extension EngineName {
  /// The widest range that any of them takes, for one line of help.
  static func widest<Bound: Comparable>(
    _ range: (SettingKind) -> ClosedRange<Bound>?, of key: SettingKey
  )
    -> ClosedRange<Bound>?
  {
    let ranges = allCases.compactMap { $0.offer[key].flatMap { range($0.kind) } }
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else {
      return nil
    }
    return low...high
  }
}
