import KugelServer
import KugelSystem
import KugelTransport

/// What `serve` does once its options are checked.
package enum ServeJob {
  package static func run(
    _ options: ServeOptions, engine: EngineName, talk: ServeTalk, in host: Host
  ) throws -> ExitStatus {
    LocalEngine.prepare(engine)
    // Before any thread starts, so that none of them takes a signal.
    var options = options
    options.passed = try passedSocket()
    let running = Monitor<SpeechServer?>(nil)
    try Interruption.watch { _ in running.wait { $0 }.drain() }
    let isVerbose = talk.verbosity == .verbose
    let local = try LocalEngine.engine(
      engine, options: options.engineOptions,
      concurrency: options.engineProcesses
        ?? engine.entry?.textsAtOnce(cores: LocalEngine.cores) ?? 1, in: host)
    let server = try SpeechServer(
      options, engine: local, report: { if isVerbose { host.tell("kugel: \($0)") } },
      advise: { host.tell("kugel: lint: \($0)") })
    for warning in talk.warnings { host.tell("kugel: \(warning)") }
    if talk.verbosity != .quiet { for notice in talk.notices { host.tell("kugel: \(notice)") } }
    try host.print(server.address + "\n")
    running.change { $0 = server }
    server.waitUntilEnded()
    return .done
  }

  private static func passedSocket() throws(UserError) -> PassedSocket? {
    do throws(PassedSocketError) {
      return try PassedSocket.take()
    } catch {
      switch error {
      case .several(let count):
        throw .usage(
          "\(count) sockets were passed (LISTEN_FDS); kugel serve takes one",
          hint: "Give the socket unit one ListenStream.")
      case .notListening:
        throw .usage(
          "what was passed (LISTEN_FDS) is no listening TCP socket",
          hint: "The socket unit needs ListenStream with a port.")
      }
    }
  }
}
