import KugelEngines
import KugelJobs
import KugelMeasure
import KugelText

/// Turns the words after `kugel COMMAND` into that command.
package enum Parser<C: Command> {
  package enum Result {
    case command(C)
    /// `--help` was among the options.
    case help
  }

  /// What one option of the command line says.
  private struct Assignment {
    var flag: Flag<C>
    var input: FlagInput
    /// As it was written.
    var name: String
  }

  /// - Parameters:
  ///   - variable: reads the environment; its values count less than options.
  ///   - configuration: reads the files that are chosen; their values count least. Asked only for
  ///     commands that can choose.
  package static func parse(
    _ arguments: [String], variable: (String) -> String? = { _ in nil },
    configuration: (ConfigurationChoice) throws(UserError) -> Configuration = { _ in .none }
  ) throws(UserError) -> Result {
    var origins = ValueOrigins()
    return try parse(
      arguments, variable: variable, configuration: configuration, origins: &origins)
  }

  /// - Parameter origins: is told where the values came from.
  package static func parse(
    _ arguments: [String], variable: (String) -> String?,
    configuration: (ConfigurationChoice) throws(UserError) -> Configuration,
    origins: inout ValueOrigins
  ) throws(UserError) -> Result {
    let flags = C.flags
    var given: [Assignment] = []
    var operands: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        if let last = given.last, last.flag.spec.takesMore {
          given.append(Assignment(flag: last.flag, input: .value(word), name: last.name))
        } else {
          operands.append(word)
        }
        continue
      }
      if word.contains(where: \.isWhitespace), !flags.contains(where: { $0.names(word) }) {
        throw .usage(
          "\(quoted(excerpt(of: word))) begins with a dash and would be an option",
          hint:
            "If it is text, put -- before it: kugel \(C.name) -- \(shellWords([excerpt(of: word)]))"
        )
      }
      let wantsHelp =
        word.hasPrefix("--")
        ? try takeLong(word, flags, &rest, &given) : try takeShort(word, flags, &rest, &given)
      if wantsHelp { return .help }
    }
    var command = C()
    var read: Configuration?
    if let choice = choice(flags, given, variable) { read = try configuration(choice) }
    var known = read ?? .none
    if read == nil { known = try programs(flags, given, variable, configuration) }
    // What it names can be named at once.
    let problem: UserError? = EngineRegistry.$programs.withValue(known.programs) {
      do throws(UserError) {
        try fill(&command, flags, given, operands, variable, read, &origins)
        return nil
      } catch {
        return error
      }
    }
    if let problem { throw problem }
    return .command(command)
  }

  /// Of the files, for a command that reads nothing else of them: asked for only where an engine is named
  /// that this program has not.
  private static func programs(
    _ flags: [Flag<C>], _ given: [Assignment], _ variable: (String) -> String?,
    _ configuration: (ConfigurationChoice) throws(UserError) -> Configuration
  ) throws(UserError) -> Configuration {
    guard case .value(let name) = given.last(where: { $0.flag.spec.long == "engine" })?.input,
      EngineName(rawValue: name) == nil
    else { return .none }
    let file = variable("KUGEL_CONFIG").flatMap { $0.isEmpty ? nil : $0 }
    return try configuration(ConfigurationChoice(file: file))
  }

  private static func fill(
    _ command: inout C, _ flags: [Flag<C>], _ given: [Assignment], _ operands: [String],
    _ variable: (String) -> String?, _ read: Configuration?, _ origins: inout ValueOrigins
  ) throws(UserError) {
    if let read { try apply(read, flags, to: &command, &origins) }
    enter(.environment, flags, &command)
    for flag in flags {
      guard let name = flag.spec.variable, let text = variable(name), !text.isEmpty else {
        continue
      }
      flag.restart?(&command)
      origins.note(flag.spec.long, .variable(name))
      try set(flag, on: &command, to: .value(text), called: name)
    }
    enter(.commandLine, flags, &command)
    for (index, one) in given.enumerated() {
      let isFirst = !given[..<index].contains { $0.flag.spec.long == one.flag.spec.long }
      if isFirst { one.flag.restart?(&command) }
      origins.note(one.flag.spec.long, nil)
      try set(one.flag, on: &command, to: one.input, called: one.name)
    }
    try command.take(operands: operands)
  }

  /// nil for commands that read no configuration.
  private static func choice(
    _ flags: [Flag<C>], _ given: [Assignment], _ variable: (String) -> String?
  ) -> ConfigurationChoice? {
    guard flags.contains(where: { $0.spec.long == "config" }) else { return nil }
    func value(_ long: String) -> String? {
      if case .value(let text) = given.last(where: { $0.flag.spec.long == long })?.input {
        return text
      }
      let name = flags.first { $0.spec.long == long }?.spec.variable
      return name.flatMap(variable).flatMap { $0.isEmpty ? nil : $0 }
    }
    return ConfigurationChoice(file: value("config"), profile: value("profile"))
  }

  private static func apply(
    _ configuration: Configuration, _ flags: [Flag<C>], to command: inout C,
    _ origins: inout ValueOrigins
  ) throws(UserError) {
    for layer in configuration.layers {
      enter(.file(layer.file.path, section: layer.section), flags, &command)
      for entry in layer.entries {
        guard let flag = flags.first(where: { $0.spec.long == entry.key }) else { continue }
        let key = ConfigurationFile.shown(entry.key)
        guard let input = FlagInput(configured: entry.value, for: flag.spec) else {
          throw layer.file.error(entry.line, "\(key) takes yes or no, not \(quoted(entry.value))")
        }
        flag.restart?(&command)
        origins.note(entry.key, .file(layer.file.path, line: entry.line, key: key))
        do {
          try flag.apply(&command, input)
        } catch {
          throw layer.file.error(
            entry.line, "\(key) takes \(error.expected), not \(quoted(entry.value))",
            hint: error.hint)
        }
      }
    }
  }

  private static func enter(
    _ place: OptionLayer.Place, _ flags: [Flag<C>], _ command: inout C
  ) {
    for flag in flags { flag.enter?(&command, OptionLayer(place)) }
  }

  /// The first words of a long text.
  private static func excerpt(of word: String) -> String {
    word.count <= 40 ? word : word.prefix(40) + "…"
  }

  private static func takeLong(
    _ word: String, _ flags: [Flag<C>], _ rest: inout ArraySlice<String>,
    _ given: inout [Assignment]
  ) throws(UserError) -> Bool {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let inline = parts.count > 1 ? String(parts[1]) : nil
    if name == "--help" { return true }
    guard let flag = flags.first(where: { $0.spec.isCalled(name) || $0.spec.negated == name })
    else {
      throw unknown(name, flags)
    }
    if let refusal = flag.spec.refusal { throw .usage(refusal.why, hint: refusal.hint) }
    switch flag.spec.value {
    case .none:
      guard inline == nil else { throw .usage("\(name) takes no value, but was given \(word)") }
      given.append(
        Assignment(flag: flag, input: name == flag.spec.negated ? .off : .on, name: name))
    case .optional:
      let input: FlagInput = if let inline { .value(inline) } else { .on }
      given.append(Assignment(flag: flag, input: input, name: name))
    case .required(let placeholder):
      let value: String
      if let inline {
        value = inline
      } else {
        value = try next(of: &rest, for: name, placeholder, flags)
      }
      given.append(Assignment(flag: flag, input: .value(value), name: name))
    }
    return false
  }

  private static func takeShort(
    _ word: String, _ flags: [Flag<C>], _ rest: inout ArraySlice<String>,
    _ given: inout [Assignment]
  ) throws(UserError) -> Bool {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-\(letter)"
      if name == "-h" { return true }
      guard let flag = flags.first(where: { $0.spec.short == letter }) else {
        throw unknown(name, flags, in: word)
      }
      guard case .required(let placeholder) = flag.spec.value else {
        if case .optional = flag.spec.value, letters.first == "=" {
          let input = FlagInput.value(String(letters.dropFirst()))
          given.append(Assignment(flag: flag, input: input, name: name))
          return false
        }
        given.append(Assignment(flag: flag, input: .on, name: name))
        continue
      }
      if letters.first == "=" { letters.removeFirst() }
      let value =
        letters.isEmpty ? try next(of: &rest, for: name, placeholder, flags) : String(letters)
      given.append(Assignment(flag: flag, input: .value(value), name: name))
      return false
    }
    return false
  }

  /// The next word, unless that is plainly an option.
  private static func next(
    of rest: inout ArraySlice<String>, for name: String, _ placeholder: String, _ flags: [Flag<C>]
  ) throws(UserError) -> String {
    guard let word = rest.first, !isOption(word, flags) else {
      throw .usage("\(name) needs a value: \(name) \(placeholder)")
    }
    rest.removeFirst()
    return word
  }

  private static func isOption(_ word: String, _ flags: [Flag<C>]) -> Bool {
    if word == "--" { return true }
    let name = word.prefix { $0 != "=" }
    return flags.contains { flag in
      flag.spec.refusal == nil
        && (flag.spec.names.contains(String(name))
          || name.hasPrefix("--") && flag.spec.isCalled(name))
    }
  }

  private static func set(
    _ flag: Flag<C>, on command: inout C, to input: FlagInput, called name: String
  ) throws(UserError) {
    do {
      try flag.apply(&command, input)
    } catch {
      let given = if case .value(let text) = input { quoted(text) } else { "nothing" }
      throw .usage("\(name) takes \(error.expected), not \(given)", hint: error.hint)
    }
  }

  private static func unknown(_ name: String, _ flags: [Flag<C>], in word: String? = nil)
    -> UserError
  {
    let names = C.specs.flatMap(\.names).filter { $0.hasPrefix("--") }
    let place = word.map { $0 == name ? "" : " in \($0)" } ?? ""
    let meant =
      name.hasPrefix("--") ? nearest(to: name, in: names, limit: 1).first : nil
    let hint =
      meant.map { "Did you mean \($0)?" }
      ?? "Options: kugel \(C.name) --help. Words that begin with a dash go after --."
    return .usage("kugel \(C.name) has no option \(name)\(place)", hint: hint)
  }
}

extension FlagInput {
  /// The value of a configuration file; nil when a switch is neither on nor off.
  fileprivate init?(configured text: String, for spec: FlagSpec) {
    guard case .none = spec.value else {
      self = .value(text)
      return
    }
    switch text {
    case "yes", "true", "on": self = .on
    case "no", "false", "off": self = .off
    default: return nil
    }
  }
}
