import KugelJobs

/// What an option's value may be, as far as it can be listed.
package enum Choices: Equatable, Sendable {
  case none
  case fixed([Choice])
  case file
  case directory
  /// Asked of `kugel` itself when a shell completes.
  case dynamic(Listing)

  package var fixed: [Choice] {
    if case .fixed(let choices) = self { choices } else { [] }
  }
}

/// What shells ask for while completing.
package enum Listing: String, CaseIterable, Sendable {
  case voices
  case devices
  case languages
}
