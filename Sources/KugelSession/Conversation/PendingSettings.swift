/// Changes of settings that wait for the open turn to end, as a turn is spoken as it began.
struct PendingSettings: Sendable {
  private(set) var waiting: [SettingChange] = []

  /// - Parameter isOpen: whether a turn takes text.
  /// - Returns: those that take effect now, and those that wait.
  mutating func take(
    _ changes: [SettingChange], isOpen: Bool
  ) -> (live: [SettingChange], later: [SettingChange]) {
    let isLive = { (change: SettingChange) in !isOpen || change.key == .volume }
    let later = changes.filter { !isLive($0) }
    waiting += later
    return (changes.filter(isLive), later)
  }

  /// - Returns: what is to take effect now that no turn is open; nil when nothing is.
  mutating func takeWaiting() -> [SettingChange]? {
    defer { waiting = [] }
    return waiting.isEmpty ? nil : waiting
  }
}
