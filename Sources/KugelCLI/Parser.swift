import KugelCore

/// Turns the words after `kugel COMMAND` into that command.
package enum Parser<C: Command> {
  package enum Result {
    case command(C)
    /// `--help` was among the options.
    case help
  }

  /// - Parameter variable: reads the environment; its values count less than options.
  package static func parse(
    _ arguments: [String], variable: (String) -> String? = { _ in nil }
  ) throws(UserError) -> Result {
    var command = C()
    let flags = C.flags
    for flag in flags {
      guard let name = flag.spec.variable, let text = variable(name), !text.isEmpty else {
        continue
      }
      try set(flag, on: &command, to: .value(text), called: name)
    }
    var operands: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      let wantsHelp =
        word.hasPrefix("--")
        ? try takeLong(word, flags, &rest, &command) : try takeShort(word, flags, &rest, &command)
      if wantsHelp { return .help }
    }
    try command.take(operands: operands)
    return .command(command)
  }

  private static func takeLong(
    _ word: String, _ flags: [Flag<C>], _ rest: inout ArraySlice<String>, _ command: inout C
  ) throws(UserError) -> Bool {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let inline = parts.count > 1 ? String(parts[1]) : nil
    if name == "--help" { return true }
    guard let flag = flags.first(where: { $0.spec.dashed == name || $0.spec.negated == name })
    else {
      throw unknown(name, flags)
    }
    switch flag.spec.value {
    case .none:
      guard inline == nil else { throw .usage("\(name) takes no value, but was given \(word)") }
      try set(flag, on: &command, to: name == flag.spec.negated ? .off : .on, called: name)
    case .optional:
      let input: FlagInput = if let inline { .value(inline) } else { .on }
      try set(flag, on: &command, to: input, called: name)
    case .required(let placeholder):
      let value: String
      if let inline {
        value = inline
      } else {
        value = try next(of: &rest, for: name, placeholder, flags)
      }
      try set(flag, on: &command, to: .value(value), called: name)
    }
    return false
  }

  private static func takeShort(
    _ word: String, _ flags: [Flag<C>], _ rest: inout ArraySlice<String>, _ command: inout C
  ) throws(UserError) -> Bool {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-\(letter)"
      if name == "-h" { return true }
      guard let flag = flags.first(where: { $0.spec.short == letter }) else {
        throw unknown(name, flags, in: word)
      }
      guard case .required(let placeholder) = flag.spec.value else {
        try set(flag, on: &command, to: .on, called: name)
        continue
      }
      if letters.first == "=" { letters.removeFirst() }
      let value =
        letters.isEmpty ? try next(of: &rest, for: name, placeholder, flags) : String(letters)
      try set(flag, on: &command, to: .value(value), called: name)
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
    return flags.contains { $0.spec.names.contains(String(name)) }
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
    let names = (flags.map(\.spec) + [.helpFlag]).flatMap(\.names).filter { $0.hasPrefix("--") }
    let place = word.map { $0 == name ? "" : " in \($0)" } ?? ""
    let meant =
      name.hasPrefix("--") ? nearest(to: name, in: names, limit: 1).first : nil
    let hint =
      meant.map { "Did you mean \($0)?" }
      ?? "Options: kugel \(C.name) --help. Words that begin with a dash go after --."
    return .usage("kugel \(C.name) has no option \(name)\(place)", hint: hint)
  }
}
