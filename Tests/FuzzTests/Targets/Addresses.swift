@testable import KugelConversation
@testable import KugelServiceCore
@testable import KugelSession
@testable import KugelWire

extension FuzzTarget {
  /// What is given in one line: addresses, faults, expectations, times to wait, voice maps, keys.
  static let addresses = FuzzTarget("addresses") { input in
    for line in input.text.split(separator: "\n").prefix(16).map(String.init) {
      if let address = try? EndpointAddress(url: line) {
        try hold((1...65_535).contains(address.port), "a port is one")
        try hold(!address.host.isEmpty, "an address has a host")
        if address.query == nil {
          let again = try? EndpointAddress(url: address.description)
          try same(again, address, "an address is read as it is shown")
        }
      }
      if let address = ListenAddress(line) {
        try same(ListenAddress(address.description), address, "where to listen is read as shown")
      }
      if let seconds = RetryAfter.seconds(line, now: 1_800_000_000) {
        try hold(seconds >= 0, "a wait is not negative")
      }
      _ = try? FaultPlan(line)
      if let expectation = try? Expectation(line) { _ = expectation.isMet(by: nil) }
      try same(
        EndpointAddress.escaped(line).utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, true,
        "what is escaped is plain")
    }
    if let mappings = try? VoiceMapping.parse(input.text) {
      try same(Set(mappings.map(\.id)).count, mappings.count, "no number is mapped twice")
    }
    let keys = AccessControl.keys(inFile: input.text)
    try hold(keys.allSatisfy { !$0.isEmpty }, "a key is not empty")
  }
}
