import KugelJobs
import KugelSystem
import KugelText

/// The top of the program: finds the command, runs it, tells errors once.
package enum Front {
  package static func run(in host: Host) -> ExitStatus {
    do {
      return try dispatch(host)
    } catch {
      let problem = UserError(telling: error)
      host.tell(problem.text)
      return problem.status
    }
  }

  private static func dispatch(_ host: Host) throws -> ExitStatus {
    guard let word = host.arguments.first else {
      host.tell(HelpPage.short)
      return .usage
    }
    let rest = Array(host.arguments.dropFirst())
    if let command = Catalogue.command(named: word) {
      if command.opensLibraries { try host.jobs.checkLibraries() }
      if command.speaks { prepareEngine(for: rest, host) }
      return try run(command, rest, host)
    }
    switch word {
    case "--help", "-h": return try run(Help.self, [], host)
    case "--version":
      try host.print(Release.text(commit: host.jobs.commit(), libraries: host.jobs.libraries()))
      return .done
    case "version":
      throw UserError.usage("there is no command \"version\"", hint: "Try: kugel --version")
    default: throw word.hasPrefix("-") ? misplaced(word) : unknown(word, host.arguments)
    }
  }

  private static func prepareEngine(for words: [String], _ host: Host) {
    let engine = EngineForesight.engine(words, variable: host.variable) {
      host.configurationPaths.contains { (try? FileStatus(of: $0)) != nil }
    }
    if let engine { host.jobs.prepare(engine) }
  }

  private static func run<C: Command>(
    _ type: C.Type, _ arguments: [String], _ host: Host
  ) throws -> ExitStatus {
    var origins = ValueOrigins()
    var host = host
    let outside = host
    do {
      let parsed = try Parser<C>.parse(
        arguments, variable: host.variable,
        configuration: { (choice) throws(UserError) in
          let read = try outside.configuration(choice)
          host.configurationFiles = read.paths
          return read
        },
        origins: &origins)
      switch parsed {
      case .help:
        try host.print(HelpPage.of(type))
        return .done
      case .command(var command):
        command.settle(in: host)
        return try command.run(in: host)
      }
    } catch let error as UserError {
      throw origins.placing(error)
    }
  }

  private static func misplaced(_ word: String) -> UserError {
    let name = String(word.prefix { $0 != "=" })
    let owner = Catalogue.shown.first { $0.specs.contains { $0.names.contains(name) } }
    if let owner {
      return .usage(
        "\(name) belongs after a command",
        hint: "Try: kugel \(owner.name) \(word)")
    }
    let meant = nearest(to: name, in: ["--help", "--version"], limit: 1).first
    return .usage(
      "kugel has no option \(name)",
      hint: meant.map { "Did you mean kugel \($0)?" } ?? "The commands: kugel help")
  }

  private static func unknown(_ word: String, _ words: [String]) -> UserError {
    let meant = nearest(to: word, in: Catalogue.shown.map { $0.name }, limit: 1).first
    let speak = "To speak it: kugel say \(shellWords(words))"
    return .usage(
      "there is no command \(quoted(word))",
      hint: (meant.map { "Did you mean kugel \($0)? " } ?? "") + speak)
  }
}
