import KugelEngines
import KugelJobs
import KugelSystem
import KugelText

/// What configuration files say for one run, the weakest first.
package struct Configuration: Equatable, Sendable {
  /// Entries of one section of a file.
  package struct Layer: Equatable, Sendable {
    package var file: ConfigurationFile
    package var section: String?
    package var entries: [ConfigurationFile.Entry]
  }

  package var layers: [Layer] = []
  /// Engines that the files name.
  package var programs: [NamedProgram] = []

  package static let none = Configuration()

  package init() {}

  /// Of the files.
  package var paths: [String] { layers.filter { $0.section == nil }.map(\.file.path) }

  /// - Parameters:
  ///   - files: the weakest first.
  ///   - profile: the section that counts besides what stands outside sections.
  /// - Throws: 78 when no file has such a section.
  package init(_ files: [ConfigurationFile], profile: String?) throws(UserError) {
    for file in files {
      layers.append(Layer(file: file, entries: file.sections[0].entries))
      let named = try file.programs()
      programs.removeAll { known in named.contains { $0.name == known.name } }
      programs += named
    }
    guard let profile else { return }
    for file in files {
      guard file.profiles.contains(profile), let section = file.section(profile) else { continue }
      layers.append(Layer(file: file, section: profile, entries: section.entries))
    }
    guard layers.count == files.count else { return }
    let names = files.flatMap(\.profiles)
    let meant = nearest(to: profile, in: names, limit: 1).first.map { "Did you mean \($0)? " } ?? ""
    let read = files.map(\.path).joined(separator: ", ")
    throw UserError(
      .badConfiguration, "there is no profile \(quoted(profile))",
      hint: meant
        + (files.isEmpty
          ? "There is no configuration file."
          : "Read: \(read)" + (names.isEmpty ? "" : "; profiles: \(names.joined(separator: ", "))"))
    )
  }
}

/// Which configuration is wanted.
package struct ConfigurationChoice: Equatable, Sendable {
  /// In place of the usual files.
  package var file: String?
  package var profile: String?

  package init(file: String? = nil, profile: String? = nil) {
    self.file = file
    self.profile = profile
  }
}

extension Host {
  /// Reads the files that count: of the system, of the user, or the one that is named.
  package func configuration(_ choice: ConfigurationChoice) throws(UserError) -> Configuration {
    var files: [ConfigurationFile] = []
    for path in choice.file.map({ [$0] }) ?? configurationPaths {
      guard let text = try configurationText(path, mustBeThere: choice.file != nil) else {
        continue
      }
      // Asked for only where there is a file: the options of every command take time to list.
      let specs = Catalogue.all.flatMap { $0.allSpecs }
      let keys = Set(specs.filter(\.isConfigurable).map(\.long)).sorted()
      let repeated = Set(specs.filter(\.isRepeatable).map(\.long))
      let secrets = specs.filter { $0.refusal != nil && !$0.isConfigurable }.map(\.long)
      files.append(
        try ConfigurationFile(
          text, path: path, keys: keys, repeated: repeated, secrets: secrets))
    }
    return try Configuration(files, profile: choice.profile)
  }

  /// The weakest first. Source: XDG Base Directory Specification.
  var configurationPaths: [String] {
    let set = { (name: String) in variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    let system = (set("XDG_CONFIG_DIRS") ?? "/etc/xdg").split(separator: ":").map(String.init)
    let user = set("XDG_CONFIG_HOME") ?? set("HOME").map { $0 + "/.config" }
    return (system.reversed() + (user.map { [$0] } ?? []))
      .filter { $0.hasPrefix("/") }.map { $0 + "/kugel/config" }
  }

  private func configurationText(
    _ path: String, mustBeThere: Bool
  ) throws(UserError) -> String? {
    let bytes: [UInt8]
    do throws(SystemError) { bytes = try SmallFile.read(path) } catch {
      if error.isAbsence && !mustBeThere { return nil }
      throw UserError(.badConfiguration, "cannot read \(path): \(error.cause)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UserError(.badConfiguration, "\(path): the file is not UTF-8")
    }
    return text
  }
}
