import KugelJobs

@testable import KugelCLI

extension FuzzTarget {
  /// Configuration files: what is read against what is written of it and read again; ends of lines
  /// are all alike.
  static let configuration = FuzzTarget("configuration") { input in
    let text = input.text
    let file: ConfigurationFile
    do throws(UserError) {
      file = try read(text)
    } catch {
      try hold(error.status == .badConfiguration, "what is wrong is told as such")
      try hold(error.message.hasPrefix("file:"), "an error names the file: \(error.message)")
      return
    }
    var written = ""
    for section in file.sections {
      if let name = section.name { written += "[\(name)]\n" }
      for entry in section.entries { written += line(entry) }
    }
    do {
      let again = try read(written)
      try same(meaning(of: again), meaning(of: file), "a file is read as it was written")
    } catch let error as UserError {
      throw Finding(description: "what was written is refused: \(error.message)\n\(written)")
    }
  }

  /// Without a blank before the value, as one that begins with "#" would be a comment behind it.
  private static func line(_ entry: ConfigurationFile.Entry) -> String {
    "\(entry.key) =\(entry.value)\n"
  }

  private static func read(_ text: String) throws(UserError) -> ConfigurationFile {
    try ConfigurationFile(
      text, path: "file", keys: ["voice", "engine", "set", "key-file", "url"],
      secrets: ["api-key"])
  }

  private static func meaning(of file: ConfigurationFile) -> [String] {
    file.sections.flatMap { section in
      ["[\(section.name ?? "")]"] + section.entries.map { "\($0.key)=\($0.value)" }
    }
  }
}
