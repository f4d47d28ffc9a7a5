import Glibc
import KugelEngine
import KugelServer
import KugelText
import KugelWire
import Synchronization

@testable import KugelCLI
@testable import KugelJobs

/// swift-testing has an `ExitStatus` too.
typealias Code = KugelJobs.ExitStatus

/// A host whose world is made up: what was printed, told and asked for can be looked at.
final class Stage: Sendable {
  struct Outcome {
    var status: ExitStatus
    var printed: String
    var told: String
    var requests: [SpeechRequest]
  }

  private let requests = Mutex<[SpeechRequest]>([])

  static let voices = [
    Voice(id: 1, name: "anna", languages: ["de", "de-at"], sex: .female),
    Voice(id: 2, name: "bob \"the\" voice", languages: ["en-gb"]),
  ]

  /// Runs `kugel` with these words.
  static func run(
    _ words: String..., variables: [String: String] = [:], terminals: Set<CInt> = [],
    speak: (@Sendable (SpeechRequest) throws -> ExitStatus)? = nil
  ) -> Outcome {
    run(words, variables: variables, terminals: terminals, speak: speak)
  }

  /// The same where another engine may be ready.
  static func run(
    _ words: [String], variables: [String: String], terminals: Set<CInt>,
    offline: @escaping @Sendable (EngineWish) -> EngineName
  ) -> Outcome {
    run(
      words, variables: variables, terminals: terminals, devices: devices, speak: nil,
      offline: offline)
  }

  static let devices = [
    SoundDevice(name: "default", description: "the default", isDefault: true),
    SoundDevice(name: "null", description: "nothing"),
  ]

  static func run(
    _ words: [String], variables: [String: String] = [:], terminals: Set<CInt> = [],
    devices: [SoundDevice] = Stage.devices,
    speak: (@Sendable (SpeechRequest) throws -> ExitStatus)? = nil,
    serve: @escaping @Sendable (ServeOptions, EngineName, ServeTalk, Host) throws -> ExitStatus = {
      _, _, _, _ in .done
    },
    checkLibraries: @escaping @Sendable () throws -> Void = {},
    offline: @escaping @Sendable (EngineWish) -> EngineName = { _ in .offline }
  ) -> Outcome {
    let stage = Stage()
    let (output, errors) = (Spool(), Spool())
    var jobs = Jobs(
      speak: { request, _ in
        stage.requests.withLock { $0.append(request) }
        return try speak?(request) ?? .done
      },
      voices: { name, _, _ in
        name == .tone ? [Voice(id: 9, name: "beep", languages: [])] : Self.voices
      },
      devices: { devices },
      serve: serve,
      libraries: { [Library(name: "libsound", version: "1.2")] },
      serviceVoices: { request, language, _ in
        [Voice(id: 1071, name: "\(request.url ?? "cloud")", languages: [language ?? "en"])]
      })
    jobs.commit = { "0123456789ab" }
    jobs.checkLibraries = checkLibraries
    jobs.offline = offline
    // Terminals are named by their usual numbers, whatever descriptors stand in for them.
    let input = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(input) }
    let roles: [CInt: CInt] = [input: 0, output.descriptor: 1, errors.descriptor: 2]
    let host = Host(
      arguments: words,
      // This machine's own configuration is not part of the play.
      variable: { variables[$0] ?? ($0 == "XDG_CONFIG_DIRS" ? "/nonexistent" : nil) },
      standardInput: input,
      standardOutput: output.descriptor, standardError: errors.descriptor,
      isTerminal: { roles[$0].map(terminals.contains) ?? false }, jobs: jobs)
    let status = Front.run(in: host)
    return Outcome(
      status: status, printed: output.text, told: errors.text,
      requests: stage.requests.withLock { $0 })
  }
}

/// A file without a name that keeps what is written to its descriptor.
final class Spool {
  let descriptor: CInt

  init() {
    var path = Array("/tmp/kugel-spool-XXXXXX".utf8CString)
    descriptor = unsafe path.withUnsafeMutableBufferPointer { unsafe mkstemp($0.baseAddress!) }
    _ = unsafe path.withUnsafeBufferPointer { unsafe unlink($0.baseAddress!) }
  }

  deinit { close(descriptor) }

  var text: String {
    lseek(descriptor, 0, SEEK_SET)
    return String(decoding: readAll(descriptor), as: UTF8.self)
  }
}

func readAll(_ descriptor: CInt) -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = unsafe read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return bytes }
    bytes += chunk[..<count]
  }
}
