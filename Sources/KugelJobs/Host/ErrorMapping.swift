import KugelAudio
import KugelEngine
import KugelServer
import KugelSession

extension UserError {
  /// What the user is told about an error of any part.
  package init(telling error: any Error) {
    switch error {
    case let known as UserError: self = known
    case let sink as SinkError: self.init(sink)
    case let engine as EngineError: self.init(engine)
    case let interrupted as Interrupted:
      self.init(ExitStatus(rawValue: 128 + interrupted.signal) ?? .interrupted, "")
    case let failure as SessionFailure: self.init(failure)
    case let serving as ServeError: self.init(serving)
    default:
      self.init(
        .internalError, "something went wrong that should not: \(error)",
        hint: "Please report it with the command line and the output of: kugel --version")
    }
  }

  private init(_ error: SinkError) {
    switch error {
    case .cannotCreate(let target, .exists):
      self.init(
        .cannotCreate, "cannot create \(target): it exists",
        hint: "--force replaces it; or give another name with -o FILE.")
    case .cannotCreate(let target, .isTerminal):
      self.init(.usage, "audio is not written to a terminal (\(target))", hint: "Try -o FILE.")
    case .cannotCreate(let target, .other(let cause)):
      self.init(
        .cannotCreate, "cannot create \(target): \(cause)",
        hint: "Try another place with -o FILE.")
    case .failed(let target, let cause):
      self.init(.ioFailed, "sound output to \(target) failed: \(cause)")
    case .readerGone:
      self = .readerGone
    }
  }

  private init(_ error: EngineError) {
    switch error {
    case .unavailable(let engine, let cause):
      self.init(.unavailable, "the engine \(engine) cannot be started: \(cause)")
    case .unknownVoice(let voice):
      self.init(
        .usage, "there is no voice \(voice)", hint: "List the voices with: kugel voices")
    case .failed(let engine, let cause):
      self.init(.internalError, "the engine \(engine) failed: \(cause)")
    }
  }

  private init(_ error: ServeError) {
    switch error {
    case .needsKeys(let address):
      self = .usage(
        "anybody could use a service at \(address)",
        hint: "Name the keys with --api-key-file FILE, or listen on 127.0.0.1.")
    case .unknownVoice(let voice, let line):
      self.init(
        .badConfiguration, "the voice map names an unknown voice in line \(line): \(quoted(voice))",
        hint: "List the voices with: kugel voices")
    case .dictionaries(let file, let cause):
      self.init(.unreadableInput, "cannot use \(file) for dictionaries: \(cause)")
    case .engine(let cause):
      self.init(.unavailable, "the engine cannot be started: \(cause)")
    case .listening(let address, let cause):
      self.init(
        .unavailable, "cannot listen on \(address): \(cause)",
        hint: address.contains("/")
          ? "Another place: --socket=PATH" : "Port 0 takes one that is free: --listen 127.0.0.1:0")
    case .tls(let cause):
      self.init(.badConfiguration, "certificate or key cannot be used: \(cause)")
    }
  }
}
