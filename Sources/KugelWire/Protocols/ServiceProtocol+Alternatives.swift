extension ServiceProtocol {
  /// How else the service may be spoken with, where it refused to open a socket at that path: some answer
  /// so for every path that they do not know.
  package func alternative(after failure: ServiceFailure) -> ServiceProtocol? {
    guard failure.isUpgradeRefused, [403, 404, 405, 501].contains(failure.number) else {
      return nil
    }
    return alternatives.first
  }
}
