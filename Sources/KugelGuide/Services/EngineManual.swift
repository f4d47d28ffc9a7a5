import KugelJobs

/// The engines and services there are, as prose names them.
package enum EngineManual {
  /// The one for everyday use.
  package static let offline = "`\(EngineName.offline.rawValue)`"

  /// Those of this program, with an "and" before the last.
  package static let ofThisProgram = list(EngineName.ofThisProgram.map { "`\($0.rawValue)`" })

  /// The same behind a socket of this machine, as `bench` names them.
  package static let served = list(EngineName.ofThisProgram.map { "`\($0.rawValue)@serve`" })

  /// Those elsewhere, each with what it is.
  package static let elsewhere = list(
    EngineName.allCases.filter(\.isRemote).map { "`\($0.rawValue)` is \($0.meaning)" }, "; ")

  /// Those elsewhere but the usual one.
  package static let otherServices = list(
    EngineName.allCases.filter { $0.isRemote && $0 != .online }.map { "`\($0.rawValue)`" })

  /// How programs are asked that want to be asked otherwise.
  package static let programs =
    "One that writes into files only needs a shell, with `shell = yes`: "
    + "`flite -t \"$(cat)\" -o /dev/stdout`"

  /// With an "and" before the last.
  private static func list(_ words: [String], _ mark: String = ", ") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: mark) + (mark == ", " ? " and " : mark) + last
  }
}
