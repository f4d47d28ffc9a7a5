import KugelServiceCore
import KugelTransport
import KugelWire

/// One of the sockets that a server opens: whose protocol is spoken there.
enum SocketDoor: Sendable {
  case turns(Endpoint)
  case contexts(ContextDoor, ContextSocket.Request)

  var name: SocketName {
    switch self {
    case .turns(let endpoint): SocketName(endpoint)
    case .contexts(let door, _): door.isMulti ? .contexts : .context
    }
  }

  func core(
    _ call: APIRequest, _ profile: ServiceProfile, _ access: AccessControl
  ) -> any ServiceCore {
    switch self {
    case .turns(.tts):
      var defaults = TurnSettings()
      defaults.model = call.query["model_id"].flatMap { $0.isEmpty ? nil : $0 }
      return OneShotService(profile: profile, defaults: defaults)
    case .turns(.stream): return StreamService(profile: profile)
    case .turns(.multi): return MultiService(profile: profile)
    case .contexts(_, let request):
      return ContextSocket(
        profile: profile, request: request, admits: { access.admits(key: $0) }, at: .now)
    }
  }

  /// What a message of a client's is to the core.
  func event(of message: [UInt8]) -> ServiceEvent {
    do throws(ServiceError) {
      switch self {
      case .turns(let endpoint):
        return .frame(try KugelCodec.decodeClientFrame(message, at: endpoint))
      case .contexts: return .frame(try ElevenLabsCodec.decodeClientFrame(message))
      }
    } catch {
      return .unreadable(error)
    }
  }

  /// How what the core says becomes messages.
  func writer() -> SocketWriter {
    switch self {
    case .turns(let endpoint): .turns(endpoint)
    case .contexts(_, let request): .contexts(ContextWriter(request.format))
    }
  }
}

/// Makes messages of what a core says.
enum SocketWriter {
  case turns(Endpoint)
  case contexts(ContextWriter)

  mutating func messages(_ frame: ServiceFrame, encoding: AudioEncoding) -> [[UInt8]] {
    switch self {
    case .turns(let endpoint): [KugelCodec.encode(frame, at: endpoint, encoding: encoding)]
    case .contexts(let writer): writer.messages(frame)
    }
  }
}

/// The messages of a socket of contexts, each context's sound in a stream of its own.
final class ContextWriter {
  private let format: SpokenFormat
  private var writer = ElevenLabsWriter()
  private var coders: [String: SoundCoder] = [:]

  init(_ format: SpokenFormat) { self.format = format }

  func messages(_ frame: ServiceFrame) -> [[UInt8]] {
    writer.messages(frame) { audio in bytes(of: audio, in: frame.context ?? "") }
  }

  private func finish(_ name: String) -> [UInt8] {
    var coder = coders.removeValue(forKey: name)
    return coder?.finish() ?? []
  }

  /// What cannot be encoded is not sent: an encoder that was made does not fail.
  private func bytes(of audio: AudioFrame?, in name: String) -> [UInt8] {
    guard let audio else { return finish(name) }
    guard var coder = coders[name] ?? (try? SoundCoder(format)) else { return [] }
    defer { coders[name] = coder }
    return (try? coder.bytes(of: audio)) ?? []
  }
}
