import KugelWire

/// Which faults a service is to show; reads `--fault`.
package struct FaultPlan: Equatable, Sendable {
  package enum Value: Equatable, Sendable {
    case none
    case number(Double)
    case name(String)
  }

  private var values: [FaultKind: Value] = [:]

  package init() {}

  /// - Parameter list: `delay=200,odd-bytes`, as often as wanted; the last value of a fault counts.
  /// - Throws: in words for the user, naming what there is.
  package init(_ list: String) throws(FaultPlanError) {
    for item in list.split(separator: ",") {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0].trimmingBlanks)
      guard let kind = FaultKind(rawValue: name) else {
        let known = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw FaultPlanError("unknown fault \"\(name)\"; there are \(known)")
      }
      values[kind] = try Self.value(
        parts.count > 1 ? String(parts[1].trimmingBlanks) : nil, of: kind)
    }
    if has(.delayEvery), !has(.delay), !has(.jitter) {
      throw FaultPlanError("delay-every needs delay=TIME or jitter=TIME")
    }
    if has(.closeAfter), !has(.close) {
      throw FaultPlanError("close-after needs close=CODE")
    }
  }

  package var isEmpty: Bool { values.isEmpty }

  package func has(_ kind: FaultKind) -> Bool { values[kind] != nil }

  func number(_ kind: FaultKind) -> Double? {
    if case .number(let number) = values[kind] { number } else { nil }
  }

  func integer(_ kind: FaultKind) -> Int? { number(kind).map { Int($0) } }

  /// The plan for one connection; the first is number 0.
  package func plan(forConnection number: Int) -> FaultPlan {
    guard let times = integer(.times), number >= times else { return self }
    return FaultPlan()
  }

  /// What to answer instead of upgrading; nil upgrades.
  package var refusal: APIResponse? {
    if has(.refuseKey) { return APIResponse(.unauthorized()) }
    switch integer(.status) {
    case 402: return APIResponse(.insufficientCredits)
    case 429: return APIResponse(ServiceError.rateLimited.retrying(after: 1))
    case 503: return APIResponse(ServiceError.modelUnavailable.retrying(after: 1))
    default: return nil
    }
  }

  /// What every turn fails with.
  var turnError: ServiceError? {
    guard case .name(let name) = values[.error] else { return nil }
    return Self.errors.first { $0.name == name }
  }

  private static let errors: [ServiceError] = [
    .generationFailed, .insufficientCredits, .rateLimited, .modelUnavailable, .missingVoice,
    .validation("Invalid request"), .unauthorized(), .notFound("Voice"),
    ServiceError("No audio", name: "EMPTY_AUDIO", code: 500),
  ]

  private static func value(
    _ text: String?, of kind: FaultKind
  ) throws(FaultPlanError) -> Value {
    let wanted = "\(kind.rawValue)=\(kind.placeholder)"
    switch kind.value {
    case .none:
      guard text == nil else { throw FaultPlanError("\(kind.rawValue) takes no value") }
      return .none
    case .integer(let range):
      guard let number = text.flatMap({ Int($0) }), range.contains(number) else {
        throw FaultPlanError(
          range.upperBound == .max
            ? "\(wanted) needs a whole number"
            : "\(wanted) needs a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return .number(Double(number))
    case .time(let range):
      let time = text.flatMap { Measures.duration($0, bare: .milliseconds, in: range) }
      guard let time else {
        throw FaultPlanError(
          "\(wanted) needs \(Measures.timeForm), up to \(range.upperBound.asWritten)")
      }
      return .number((time / .milliseconds(1)).rounded())
    case .number(let range):
      guard let number = text.flatMap({ Double($0) }), range.contains(number) else {
        throw FaultPlanError("\(wanted) needs a number above 0 and up to \(Int(range.upperBound))")
      }
      return .number(number)
    case .oneOf(let numbers):
      guard let number = text.flatMap({ Int($0) }), numbers.contains(number) else {
        let known = numbers.map(\.description).joined(separator: ", ")
        throw FaultPlanError("\(wanted) needs one of \(known)")
      }
      return .number(Double(number))
    case .errorName:
      guard let text, errors.contains(where: { $0.name == text }) else {
        let known = errors.map(\.name).joined(separator: ", ")
        throw FaultPlanError("\(wanted) needs one of \(known)")
      }
      return .name(text)
    }
  }
}

/// What is wrong with a list of faults.
package struct FaultPlanError: Error, Equatable, Sendable {
  package let message: String

  init(_ message: String) { self.message = message }
}

extension ServiceError {
  package func retrying(after seconds: Double) -> ServiceError {
    var error = self
    error.retryAfter = seconds
    return error
  }
}
