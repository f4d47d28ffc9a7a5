/// What a server tells on standard error.
package struct ServeTalk: Equatable, Sendable {
  package var verbosity: Verbosity
  package var notices: [String] = []
  package var warnings: [String] = []

  package init(verbosity: Verbosity = .normal) { self.verbosity = verbosity }
}
