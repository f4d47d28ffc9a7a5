import KugelJobs
import KugelWire

/// Which engine a command line will want, as far as a glance can tell: an engine that has a process of its
/// own begins with it while the line is still being read.
///
/// A wrong guess costs half a millisecond; what cannot be told is not guessed. Pure.
enum EngineForesight {
  /// - Parameters:
  ///   - words: behind the command.
  ///   - hasConfiguration: whether a configuration file may name an engine or a service.
  static func engine(
    _ words: [String], variable: (String) -> String?, hasConfiguration: () -> Bool
  ) -> EngineName? {
    let words = words.prefix { $0 != "--" }
    // Nothing is said.
    guard !words.contains("--print") else { return nil }
    if let named = named(in: words) { return local(named) }
    // These may bring an engine or a service along.
    let options = ["--url", "--key-file", "--profile", "--config", "--help", "-h"]
    guard
      !words.contains(where: { word in
        options.contains { word == $0 || word.hasPrefix($0 + "=") }
      })
    else { return nil }
    if let named = variable("KUGEL_ENGINE") { return local(named) }
    let service = ProtocolRegistry.usual.capabilities
    let variables =
      service.keyVariables + [service.addressVariable].compactMap(\.self)
      + ["KUGEL_CONFIG", "KUGEL_PROFILE", "CREDENTIALS_DIRECTORY"]
    guard !variables.contains(where: { variable($0) != nil }), !hasConfiguration() else {
      return nil
    }
    return .offline
  }

  private static func named(in words: ArraySlice<String>) -> String? {
    // The last one counts.
    var index = words.endIndex
    while index > words.startIndex {
      index -= 1
      let word = words[index]
      if word == "-e" || word == "--engine" {
        return index + 1 < words.endIndex ? words[index + 1] : ""
      }
      for start in ["--engine=", "-e=", "-e"] where word.hasPrefix(start) {
        return String(word.dropFirst(start.count))
      }
    }
    return nil
  }

  private static func local(_ name: String) -> EngineName? {
    EngineName.ofThisProgram.first { $0.rawValue == name }
  }
}
