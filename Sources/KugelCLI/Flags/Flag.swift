import KugelJobs

/// An option as a value: what it is called and means, and how it changes its target.
package struct Flag<Target> {
  package var spec: FlagSpec
  package let apply: (inout Target, FlagInput) throws(BadValue) -> Void
  /// Forgets what weaker sources said, before a stronger one adds to it: files, environment, command line.
  package var restart: ((inout Target) -> Void)?
  /// Learns who gives the values that follow, where that matters: files, environment, command line.
  package var enter: ((inout Target, OptionLayer) -> Void)?

  package init(
    _ spec: FlagSpec, apply: @escaping (inout Target, FlagInput) throws(BadValue) -> Void
  ) {
    self.spec = spec
    self.apply = apply
  }

  /// The same option for something that contains the target.
  package func lifted<Outer>(to path: WritableKeyPath<Outer, Target>) -> Flag<Outer> {
    var flag = Flag<Outer>(spec) { (outer, input) throws(BadValue) in
      try apply(&outer[keyPath: path], input)
    }
    flag.restart = restart.map { restart in { outer in restart(&outer[keyPath: path]) } }
    flag.enter = enter.map { enter in { outer, layer in enter(&outer[keyPath: path], layer) } }
    return flag
  }

  private func with<Value>(_ path: WritableKeyPath<FlagSpec, Value>, _ value: Value) -> Self {
    var copy = self
    copy.spec[keyPath: path] = value
    return copy
  }

  /// Whether a word of the command line is this option, with or without a value in it.
  func names(_ word: String) -> Bool {
    guard word.hasPrefix("--") else {
      return spec.short != nil && word.dropFirst().first == spec.short
    }
    let name = String(word.prefix { $0 != "=" })
    return spec.isCalled(name) || name == spec.negated
  }

  /// In place of a help that takes work to make.
  package func help(_ text: @autoclosure @escaping @Sendable () -> String) -> Self {
    with(\.telling.help, text)
  }
  package func detail(_ text: @autoclosure @escaping @Sendable () -> String) -> Self {
    with(\.telling.detail, text)
  }
  package func choices(_ choices: @autoclosure @escaping @Sendable () -> Choices) -> Self {
    with(\.telling.choices, choices)
  }
  package func variable(_ name: String) -> Self { with(\.variable, name) }
  package func heading(_ heading: String) -> Self { with(\.heading, heading) }
  package var secret: Self { with(\.holdsSecret, true) }
  package var configurable: Self { with(\.isConfigurable, true) }
  package func refused(_ why: String, hint: String?) -> Self {
    with(\.refusal, FlagSpec.Refusal(why: why, hint: hint))
  }
  package func restarting(_ restart: @escaping (inout Target) -> Void) -> Self {
    var copy = self
    copy.restart = restart
    return copy
  }
  package var takingMore: Self { with(\.takesMore, true) }
  package func entering(_ enter: @escaping (inout Target, OptionLayer) -> Void) -> Self {
    var copy = self
    copy.enter = enter
    return copy
  }
  package func alias(_ name: String) -> Self { with(\.aliases, [name]) }
  package var repeatable: Self { with(\.isRepeatable, true) }
}

/// What the command line says about an option.
package enum FlagInput: Equatable, Sendable {
  case on
  case off
  case value(String)
}

/// Options that belong together and are lifted into several commands.
package protocol OptionGroup {
  /// What help and man page write above them.
  static var heading: String { get }
  static var flags: [Flag<Self>] { get }
  init()
}

extension OptionGroup {
  package static func flags<Outer>(liftedTo path: WritableKeyPath<Outer, Self>) -> [Flag<Outer>] {
    flags.map { $0.heading(heading).lifted(to: path) }
  }
}
