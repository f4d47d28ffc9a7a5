import KugelEngine
import KugelEngines
import KugelJobs

// `[engine.NAME]`: a program that speaks, with what is said to the engine `command` of it.
extension ConfigurationFile {
  /// What such a section may hold.
  static let engineKeys = NamedProgram.known.map(\.name)

  func checkName(_ name: String, at line: Int) throws(UserError) {
    guard NamedProgram.isName(name) else {
      throw error(line, "the name of an engine has letters, digits, - and _ only")
    }
    let taken = EngineName.allCases.filter { !EngineName.ofUser.contains($0) }
    guard !taken.contains(where: { $0.rawValue == name }) else {
      throw error(line, "there is an engine \(name) already", hint: "Give it another name.")
    }
  }

  /// The engines that the file names.
  ///
  /// - Throws: 78, naming the file and the line.
  func programs() throws(UserError) -> [NamedProgram] {
    var programs: [NamedProgram] = []
    for section in sections {
      guard let name = section.engine else { continue }
      for entry in section.entries {
        let option = NamedProgram.known.first { $0.name == entry.key }
        guard let option, option.takes(entry.value) else {
          throw error(
            entry.line,
            "\(entry.key) takes \(option?.expected ?? "nothing"), not \(quoted(entry.value))")
        }
      }
      let program = NamedProgram(
        name: name,
        options: Dictionary(
          section.entries.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }))
      if let flaw = program.flaw {
        let line = section.entries.first { $0.key == "command" }?.line ?? section.line
        throw error(line, "the engine \(name) cannot be used: \(flaw)")
      }
      programs.append(program)
    }
    return programs
  }
}
