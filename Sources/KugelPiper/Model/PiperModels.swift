import KugelEngine
import KugelSystem

/// Voices that are loaded: each once, however many texts it speaks.
final class PiperModels: Sendable {
  private enum Entry {
    case loading
    case ready(any PiperModel, lastUse: Int)
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var uses = 0
    /// Voices that have spoken, or were run to be warm.
    var warm: Set<String> = []
    /// Runs for warmth that are under way.
    var trials: [String: Cancellation] = [:]
  }

  private let state = Monitor(State())
  private let load: @Sendable (PiperVoice) throws(EngineError) -> any PiperModel

  /// Voices that are kept when others are wanted; each takes some 100 MB.
  private static let most = 6

  init(load: @escaping @Sendable (PiperVoice) throws(EngineError) -> any PiperModel) {
    self.load = load
  }

  /// Loads it, or waits for who does.
  func model(of voice: PiperVoice) throws(EngineError) -> any PiperModel {
    let known: (any PiperModel)?? = state.wait { state in
      switch state.entries[voice.model] {
      case .ready(let model, _):
        state.uses += 1
        state.entries[voice.model] = .ready(model, lastUse: state.uses)
        return .some(model)
      case .loading: return nil
      case nil:
        state.entries[voice.model] = .loading
        return .some(nil)
      }
    }
    if case .some(.some(let model)) = known { return model }
    do throws(EngineError) {
      let model = try load(voice)
      state.change { state in
        state.uses += 1
        state.entries[voice.model] = .ready(model, lastUse: state.uses)
        Self.trim(&state)
      }
      return model
    } catch {
      state.change { $0.entries[voice.model] = nil }
      throw error
    }
  }

  private static func trim(_ state: inout State) {
    let ready = state.entries.compactMap { path, entry in
      if case .ready(_, let use) = entry { (path: path, use: use) } else { nil }
    }.sorted { $0.use > $1.use }
    for entry in ready.dropFirst(most) {
      state.entries[entry.path] = nil
      state.warm.remove(entry.path)
    }
  }

  /// Loads it on a thread of its own, and runs it once where nobody has and nobody waits to: a first run
  /// takes longer.
  func expect(_ voice: PiperVoice, trial: @escaping @Sendable () -> PiperRequest) {
    let isWarm = state.withLock { $0.warm.contains(voice.model) }
    guard !isWarm else { return }
    _ = try? Thread(name: "kugel-voice") { [self] in
      guard let model = try? model(of: voice) else { return }
      let stop = Cancellation()
      let isFirst = state.withLock { state in
        guard state.warm.insert(voice.model).inserted else { return false }
        state.trials[voice.model] = stop
        return true
      }
      guard isFirst else { return }
      try? model.speak(trial(), stop: stop) { _, _ in
      } take: { _ in
        false
      }
      state.withLock { $0.trials[voice.model] = nil }
    }
  }

  /// Somebody has a text for it: what is run for warmth alone would only be in the way.
  func want(_ voice: PiperVoice) {
    let trial = state.withLock { state in
      state.warm.insert(voice.model)
      return state.trials.removeValue(forKey: voice.model)
    }
    trial?.cancel()
  }
}
