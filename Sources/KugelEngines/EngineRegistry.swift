import KugelCommand
import KugelEngine
import KugelEspeak
import KugelPiper

/// The engines of this program. Another one is a module of its own, and a line here.
package enum EngineRegistry {
  /// The one for everyday use first.
  package static let all: [EngineEntry] = [
    .espeak,
    .piper,
    .command,
    .tone,
  ]

  /// All that they understand beside what is common, each name once, with the engines that do.
  package static let options: [(option: EngineOption, takers: [String])] = {
    var found: [(option: EngineOption, takers: [String])] = []
    for engine in all {
      for option in engine.capabilities.options {
        if let index = found.firstIndex(where: { $0.option.name == option.name }) {
          found[index].takers.append(engine.name)
        } else {
          found.append((option, [engine.name]))
        }
      }
    }
    return found
  }()

  /// Who speaks when nobody is named, where one is ready for what is wished.
  package static func ready(for wish: EngineWish) -> EngineEntry? {
    all.first { $0.isReadyFirst?(wish) ?? false }
  }

  package static func entry(named name: String) -> EngineEntry? { all.first { $0.name == name } }

  /// Those that the user's configuration names, while what it says counts.
  @TaskLocal package static var programs: [NamedProgram] = []
}
