import KugelJobs

/// The engines and services there are, as prose names them.
enum EngineManual {
  /// The one for everyday use.
  static let offline = "`\(EngineName.offline.rawValue)`"

  /// Those of this program, with an "and" before the last.
  static let ofThisProgram = list(EngineName.ofThisProgram.map { "`\($0.rawValue)`" })

  /// The same behind a socket of this machine, as `bench` names them.
  static let served = list(EngineName.ofThisProgram.map { "`\($0.rawValue)@serve`" })

  /// Those elsewhere, each with what it is.
  static let elsewhere = list(
    EngineName.allCases.filter(\.isRemote).map { "`\($0.rawValue)` is \($0.meaning)" }, "; ")

  /// Those elsewhere but the usual one.
  static let otherServices = list(
    EngineName.allCases.filter { $0.isRemote && $0 != .online }.map { "`\($0.rawValue)`" })

  /// With an "and" before the last.
  private static func list(_ words: [String], _ mark: String = ", ") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: mark) + (mark == ", " ? " and " : mark) + last
  }
}
