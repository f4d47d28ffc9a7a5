import KugelText
import KugelWire

extension ServiceFailure {
  /// The same in the engine's own words: in this process there is no service to be told of.
  ///
  /// - Parameter engine: whose failure it may be, by its name.
  package func told(by engine: String) -> ServiceFailure {
    guard let name = cause.firstRange(of: "\(engine): ") else { return self }
    var plain = self
    plain.cause = "the engine \(engine): \(cause[name.upperBound...])"
    plain.nextStep = nil
    return plain
  }
}
