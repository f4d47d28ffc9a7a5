/// A large value that is seldom looked at, kept aside: whoever holds it stays small, and is cheap to copy.
@propertyWrapper
package struct Boxed<Value: Equatable & Sendable>: Equatable, Sendable {
  private indirect enum Box: Equatable, Sendable {
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
