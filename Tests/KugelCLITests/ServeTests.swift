import Glibc
import KugelServer
import KugelServiceCore
import Synchronization
import Testing

@testable import KugelCLI
@testable import KugelJobs

/// What `kugel serve` would do with these words.
private func served(
  _ words: String...
) -> (outcome: Stage.Outcome, options: ServeOptions?, talk: ServeTalk?) {
  let asked = Mutex<(ServeOptions, ServeTalk)?>(nil)
  let outcome = Stage.run(
    ["serve"] + words,
    serve: { options, _, talk, _ in
      asked.withLock { $0 = (options, talk) }
      return .done
    })
  let found = asked.withLock { $0 }
  return (outcome, found?.0, found?.1)
}

@Suite struct ServeTests {
  @Test func `without options it serves loopback, and says that nobody is asked for a key`() {
    let (outcome, options, talk) = served()
    #expect(outcome.status == .done)
    #expect(options?.listen == ListenAddress(host: "127.0.0.1", port: 8000))
    #expect(options?.keys == nil)
    #expect(talk?.notices.count == 1)
  }

  @Test func `who speaks for the user is not who speaks for others`() {
    let asked = Mutex<[EngineName]>([])
    for (words, variables) in [
      (["serve"], ["KUGELAUDIO_API_KEY": "ka_one", "KUGEL_ENGINE": "kugel"]),
      (["serve", "-e", "tone"], ["KUGELAUDIO_API_URL": "http://localhost:1"]),
    ] {
      let outcome = Stage.run(
        words, variables: variables,
        serve: { _, engine, _, _ in
          asked.withLock { $0.append(engine) }
          return .done
        })
      #expect(outcome.status == .done)
    }
    #expect(asked.withLock { $0 } == [.espeak, .tone])
    #expect(Stage.run("serve", "-e", "kugel").status == .usage)
    #expect(Stage.run("serve", "--url", "http://localhost:1").status == .usage)
  }

  @Test func `options become values`() {
    let (_, options, talk) = served(
      "--listen", "[::1]:0", "--allow-origin", "https://a", "--allow-origin", "*", "--max-text",
      "5", "--engine-processes", "7",
      "--max-message", "2048", "--max-connections", "3", "--max-per-address", "2", "--allow-host",
      "a.b", "--max-turns", "4", "--ahead", "1.5",
      "--idle-timeout", "2", "--send-timeout", "3", "--drain-timeout", "4", "--tls-cert", "c",
      "--tls-key", "k", "--dictionaries", "d.json", "--fault", "delay=1", "--fault", "silent",
      "--lint", "--project-default", "6", "-V")
    #expect(options?.listen == ListenAddress(host: "::1", port: 0))
    #expect(options?.allowedOrigins == ["https://a", "*"])
    #expect(options?.maximumCharacters == 5)
    #expect(options?.engineProcesses == 7)
    #expect(options?.maximumMessage == 2048)
    #expect(options?.maximumConnections == 3)
    #expect(options?.maximumPerAddress == 2)
    #expect(options?.allowedHosts == ["a.b"])
    #expect(options?.maximumTurns == 4)
    #expect(options?.ahead == 1.5)
    #expect(options?.idleTimeout == .seconds(2))
    #expect(options?.sendTimeout == .seconds(3))
    #expect(options?.drainTimeout == .seconds(4))
    #expect(options?.tls == .init(certificate: "c", key: "k"))
    #expect(options?.dictionaryFile == "d.json")
    #expect(options?.lints == true && options?.projectDefault == 6)
    #expect(served().options?.lints == false && served().options?.projectDefault == nil)
    #expect(options?.faults == (try? FaultPlan("delay=1,silent")))
    #expect(talk?.verbosity == .verbose)
  }

  @Test(arguments: [
    ["--listen", "nowhere:x"], ["--tls-cert", "c"], ["--tls-key", "k"], ["--fault", "nonsense"],
    ["--fault", "delay"], ["--max-text", "0"], ["--engine-processes", "0"], ["--ahead", "-1"],
    ["--ahead", "x"], ["word"],
  ])
  func `what cannot be meant is a usage error`(words: [String]) {
    #expect(Stage.run(["serve"] + words).status == .usage)
  }

  @Test func `an unknown fault is told all there are`() {
    let outcome = Stage.run("serve", "--fault", "sleepy")
    for kind in FaultKind.allCases { #expect(outcome.told.contains(kind.rawValue)) }
  }

  @Test func `a socket is its user's alone, and where speakers look for it`() {
    let (_, options, talk) = served("-e", "tone", "--socket=/x/s")
    #expect(options?.socketPath == "/x/s" && options?.listen.isLoopback == true)
    #expect(talk?.notices == [])
    for other in [
      ["--listen", "127.0.0.1:1"], ["--api-key-file", "k"], ["--tls-cert", "c", "--tls-key", "k"],
    ] {
      let outcome = Stage.run(["serve", "--socket"] + other)
      #expect(outcome.status == .usage && outcome.told.contains("goes without \(other[0])"))
    }
    #expect(Stage.run("serve", "--socket=").status == .usage)
    let scratch = ScratchDirectory()
    let path = Mutex<String?>(nil)
    _ = Stage.run(
      ["serve", "-e", "tone", "--socket"], variables: ["XDG_RUNTIME_DIR": scratch.path],
      serve: { options, _, _, _ in
        path.withLock { $0 = options.socketPath }
        return .done
      })
    #expect(path.withLock { $0 } == scratch.path + "/kugel/tone.socket")
  }

  @Test func `keys come from a file, which nobody else should be able to read`() {
    let scratch = ScratchDirectory()
    let file = scratch.path + "/keys"
    writeFile(file, "# mine\nka_one\n\nka_two\n")
    let (_, options, talk) = served("--api-key-file", file, "--listen", "0.0.0.0:1")
    #expect(options?.keys == ["ka_one", "ka_two"])
    #expect(talk?.warnings.count == 1)
    #expect(talk?.notices == [])
    _ = unsafe chmod(file, 0o600)
    #expect(served("--api-key-file", file).talk?.warnings == [])
    writeFile(file, "# none\n")
    #expect(Stage.run("serve", "--api-key-file", file).status == .badConfiguration)
    #expect(
      Stage.run("serve", "--api-key-file", scratch.path + "/absent").status == .unreadableInput)
  }

  @Test func `a voice map is read, and its mistakes are named with their line`() {
    let scratch = ScratchDirectory()
    let file = scratch.path + "/map"
    writeFile(file, "1071 = de\n")
    #expect(served("--voice-map", file).options?.voiceMap.map(\.id) == [1071])
    writeFile(file, "\nx = de\n")
    let outcome = Stage.run("serve", "--voice-map", file)
    #expect(outcome.status == .badConfiguration)
    #expect(outcome.told.contains("line 2"))
  }

  @Test func `a server that cannot start says why`() {
    let causes: [(ServeError, Code)] = [
      (.needsKeys(address: "0.0.0.0:1"), .usage), (.engine(cause: "x"), .unavailable),
      (.unknownVoice("x", line: 1), .badConfiguration), (.tls(cause: "x"), .badConfiguration),
      (.dictionaries(file: "f", cause: "x"), .unreadableInput),
      (.listening(address: "a", cause: "x"), .unavailable),
    ]
    for (error, code) in causes {
      #expect(Stage.run(["serve"], serve: { _, _, _, _ in throw error }).status == code)
    }
  }
}
