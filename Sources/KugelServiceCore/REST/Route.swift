/// The paths of the REST side, each with what it takes.
enum Route: Equatable {
  case health, ready, models, metrics, diagnostics, generate, normalize
  /// Of OpenAI's protocol.
  case speech, audioVoices
  case voices
  /// A number or a handle.
  case voice(String)
  case voiceManagement
  case dictionaries
  case dictionary(Int)
  case entries(dictionary: Int)
  case entry(Int, dictionary: Int)
  case socket
  case contexts(ContextRoute)

  /// Some paths are another's where the caller shows that it comes from there.
  init?(_ call: APIRequest) {
    if let route = ContextRoute(call) {
      self = .contexts(route)
    } else {
      self.init(path: call.path)
    }
  }

  /// Nil for a path that means nothing here.
  init?(path: String) {
    let parts = path.split(separator: "/").map(String.init)
    switch parts.first {
    case "v1": self.init(version1: parts.dropFirst())
    default:
      switch parts {
      case ["health"]: self = .health
      case ["ready"]: self = .ready
      case ["metrics"]: self = .metrics
      case ["predict"]: self = .generate
      case ["ws", "tts"], ["ws", "tts", "stream"]: self = .socket
      default: return nil
      }
    }
  }

  private init?(version1 parts: ArraySlice<String>) {
    let parts = Array(parts)
    switch (parts.first, parts.count) {
    case ("models", 1): self = .models
    case ("audio", 2) where parts[1] == "speech": self = .speech
    case ("audio", 2) where parts[1] == "voices": self = .audioVoices
    case ("sdk-diagnostics", 1): self = .diagnostics
    case ("normalize", 1): self = .normalize
    case ("tts", 2) where parts[1] == "generate": self = .generate
    case ("voices", 1): self = .voices
    case ("voices", 2): self = .voice(parts[1])
    case ("voices", 3) where ["references", "publish", "generate-sample"].contains(parts[2]):
      self = .voiceManagement
    case ("voices", 4) where parts[2] == "references": self = .voiceManagement
    case ("dictionaries", 1): self = .dictionaries
    case ("dictionaries", 2...4):
      guard let id = Int(parts[1]) else { return nil }
      if parts.count == 2 {
        self = .dictionary(id)
        return
      }
      guard parts[2] == "entries" else { return nil }
      if parts.count == 3 {
        self = .entries(dictionary: id)
        return
      }
      guard let entry = Int(parts[3]) else { return nil }
      self = .entry(entry, dictionary: id)
    default: return nil
    }
  }

  var methods: [String] {
    switch self {
    case .health, .ready, .models, .metrics, .socket, .audioVoices: ["GET"]
    case .diagnostics, .generate, .normalize, .speech: ["POST"]
    case .voices: ["GET", "POST"]
    case .voice: ["GET", "PATCH", "DELETE"]
    case .voiceManagement: ["GET", "POST", "DELETE"]
    case .dictionaries: ["GET", "POST"]
    case .dictionary: ["GET", "PATCH", "DELETE"]
    case .entries: ["GET", "POST", "PUT"]
    case .entry: ["PATCH", "DELETE"]
    case .contexts(let route): route.methods
    }
  }

  /// Whether the answer tells nothing that a stranger may not know: load balancers ask by any name.
  var isForAnyHost: Bool { self == .health || self == .ready }

  /// Source: protocol notes, section 2.1.
  var isPublic: Bool {
    switch self {
    case .health, .ready, .models, .diagnostics, .socket: true
    case .contexts(let route): route.isPublic
    default: false
    }
  }
}
