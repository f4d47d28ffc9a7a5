/// A large value that is seldom looked at, kept aside: whoever holds it stays small, and is cheap to copy.
@propertyWrapper
package struct Boxed<Value: Sendable>: Sendable {
  private indirect enum Box: Sendable {
    case value(Value)
  }

  private var box: Box

  package init(wrappedValue: Value) { box = .value(wrappedValue) }

  package var wrappedValue: Value {
    get {
      switch box {
      case .value(let value): value
      }
    }
    set { box = .value(newValue) }
  }
}

// Not asked of every value: the runtime would look for the conformance among all there are, at every start.
extension Boxed: Equatable where Value: Equatable {
  package static func == (one: Boxed, other: Boxed) -> Bool {
    one.wrappedValue == other.wrappedValue
  }
}
