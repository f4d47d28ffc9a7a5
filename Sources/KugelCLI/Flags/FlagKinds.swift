import KugelJobs
import KugelText
import KugelWire

extension Flag {
  /// `--quiet`
  package static func onOff(
    _ long: String, _ short: Character? = nil, _ path: WritableKeyPath<Target, Bool>, help: String
  ) -> Flag {
    Flag(FlagSpec(long: long, short: short, value: .none, help: help)) { target, _ in
      target[keyPath: path] = true
    }
  }

  /// `--play` and `--no-play`; nil when neither is given.
  package static func negatable(
    _ long: String, _ path: WritableKeyPath<Target, Bool?>, help: String
  ) -> Flag {
    var spec = FlagSpec(long: long, short: nil, value: .none, help: help)
    spec.isNegatable = true
    return Flag(spec) { target, input in target[keyPath: path] = input != .off }
  }

  /// A value that `read` understands.
  package static func value<Value>(
    _ long: String, _ short: Character? = nil, _ placeholder: String,
    _ path: WritableKeyPath<Target, Value>, help: String,
    read: @escaping (String) throws(BadValue) -> Value
  ) -> Flag {
    let spec = FlagSpec(long: long, short: short, value: .required(placeholder), help: help)
    return Flag(spec) { (target, input) throws(BadValue) in
      guard case .value(let text) = input else { return }
      target[keyPath: path] = try read(text)
    }
  }

  /// Any text but the empty one.
  package static func text(
    _ long: String, _ short: Character? = nil, _ placeholder: String,
    _ path: WritableKeyPath<Target, String?>, help: String
  ) -> Flag {
    value(long, short, placeholder, path, help: help) { (text) throws(BadValue) in
      guard !text.isEmpty else { throw BadValue(expected: "a value that is not empty") }
      return text
    }
  }

  /// A text each time it is given.
  package static func list(
    _ long: String, _ short: Character? = nil, _ placeholder: String,
    _ path: WritableKeyPath<Target, [String]>, help: String
  ) -> Flag {
    let spec = FlagSpec(long: long, short: short, value: .required(placeholder), help: help)
    return Flag(spec) { (target, input) throws(BadValue) in
      guard case .value(let text) = input, !text.isEmpty else {
        throw BadValue(expected: "a value that is not empty")
      }
      target[keyPath: path].append(text)
    }.repeatable
  }

  package static func integer(
    _ long: String, _ short: Character? = nil, _ placeholder: String,
    _ path: WritableKeyPath<Target, Int?>, in range: ClosedRange<Int>, help: String
  ) -> Flag {
    value(long, short, placeholder, path, help: help) { (text) throws(BadValue) in
      guard let number = Int(text), range.contains(number) else {
        throw BadValue(expected: "\(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
  }

  /// A time.
  ///
  /// - Parameter bare: the unit of a number without one.
  package static func time(
    _ long: String, _ placeholder: String, _ path: WritableKeyPath<Target, Duration?>,
    bare: Measures.TimeUnit, in range: ClosedRange<Duration>, help: String
  ) -> Flag {
    value(long, nil, placeholder, path, help: help) { (text) throws(BadValue) in
      guard let time = Measures.duration(text, bare: bare, in: range) else {
        throw BadValue(expected: BadValue.time(in: range))
      }
      return time
    }
  }

  /// A finite number; its range is the validation's business.
  package static func decimal(
    _ long: String, _ short: Character? = nil, _ placeholder: String,
    _ path: WritableKeyPath<Target, Double?>, help: String
  ) -> Flag {
    value(long, short, placeholder, path, help: help) { (text) throws(BadValue) in
      guard let number = Measures.decimal(text) else {
        throw BadValue(expected: "a number")
      }
      return number
    }
  }

  package static func choice<Value: ChoiceValue>(
    _ long: String, _ short: Character? = nil, _ placeholder: String,
    _ path: WritableKeyPath<Target, Value?>, help: String
  ) -> Flag {
    value(long, short, placeholder, path, help: help) { (text) throws(BadValue) in
      guard let chosen = Value(rawValue: text) else {
        throw BadValue(unknown: text, of: Value.choices)
      }
      return chosen
    }.choices(.fixed(Value.choices))
  }
}
