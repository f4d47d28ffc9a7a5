import KugelServer
import KugelSystem

/// What `serve` does once its options are checked.
package enum ServeJob {
  package static func run(
    _ options: ServeOptions, engine: EngineName, talk: ServeTalk, in host: Host
  ) throws -> ExitStatus {
    // Before any thread starts, so that none of them takes a signal.
    let running = Monitor<SpeechServer?>(nil)
    try Interruption.watch { _ in running.wait { $0 }.drain() }
    let isVerbose = talk.verbosity == .verbose
    let server = try SpeechServer(options, engine: try LocalEngine.engine(engine)) { line in
      if isVerbose { host.tell("kugel: \(line)") }
    }
    for warning in talk.warnings { host.tell("kugel: \(warning)") }
    if talk.verbosity != .quiet { for notice in talk.notices { host.tell("kugel: \(notice)") } }
    try host.print(server.address + "\n")
    running.change { $0 = server }
    server.waitUntilEnded()
    return .done
  }
}
