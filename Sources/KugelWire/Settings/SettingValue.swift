/// A value as it was given, or, once it is checked, as it is meant.
package enum SettingValue: Equatable, Sendable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case numbers([Int])

  package var text: String {
    switch self {
    case .text(let text): text
    case .number(let number): number.shortText
    case .flag(let flag): "\(flag)"
    case .numbers(let numbers): numbers.map(\.description).joined(separator: ",")
    }
  }

  package var number: Double? { if case .number(let number) = self { number } else { nil } }
  package var integer: Int? { number.flatMap { Int(exactly: $0) } }
  var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
  var numbers: [Int]? { if case .numbers(let numbers) = self { numbers } else { nil } }
}
