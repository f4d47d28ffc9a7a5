import KugelEngine
import KugelEspeak

/// The engines of this program. Another one is a module of its own, and a line here.
package enum EngineRegistry {
  /// The one for everyday use first.
  package static let all: [EngineEntry] = [
    .espeak,
    .tone,
  ]

  package static func entry(named name: String) -> EngineEntry? { all.first { $0.name == name } }
}
