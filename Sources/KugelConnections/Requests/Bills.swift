import KugelWire

/// What a service says with each answer that it is billed for, on its way to the end of the turn.
struct Bills {
  /// Of the turn under way of each context.
  private var characters: [String?: Int] = [:]
  private var seconds: [String?: Double] = [:]

  mutating func add(_ characters: Int, of context: String?) {
    self.characters[context, default: 0] += characters
  }

  /// Adds to what ends a turn or a context what it cost, where that was said.
  mutating func note(_ frame: inout ServiceFrame) {
    switch frame.message {
    case .chunkComplete(_, let more, _): seconds[frame.context, default: 0] += more
    case .sessionClosed(let totals, nil):
      frame.message = .sessionClosed(totals, usage: take(frame.context))
    case .contextClosed(nil): frame.message = .contextClosed(usage: take(frame.context))
    default: break
    }
  }

  private mutating func take(_ context: String?) -> Usage? {
    let seconds = seconds.removeValue(forKey: context) ?? 0
    return characters.removeValue(forKey: context).map {
      Usage(audioSeconds: seconds, characters: $0)
    }
  }
}
