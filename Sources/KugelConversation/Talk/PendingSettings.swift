import KugelSession
import KugelWire

/// The settings of a conversation: what counts, and what waits for the open turn to end, as a turn is
/// spoken as it began.
struct PendingSettings: Sendable {
  /// What became of changes.
  struct Taken: Equatable {
    /// They take effect now.
    var live: [SettingChange]
    var later: [SettingChange]
    /// For these another connection is made.
    var reconnecting: [SettingKey]
  }

  private(set) var waiting: [SettingChange] = []
  /// All that was set, counting or waiting.
  private var all: TurnSettings
  private let offer: SettingOffer?

  init(_ setup: Conversation.Setup) { (all, offer) = (setup.settings, setup.offer) }

  /// - Parameter isOpen: whether a turn takes text.
  /// - Throws: when they contradict one another, or what was set before.
  mutating func take(
    _ changes: [SettingChange], isOpen: Bool
  ) throws(ConversationProblem) -> Taken {
    var settings = all
    for change in changes { settings.apply(change) }
    do throws(ServiceError) { try RequestValidator.checkTogether(settings) } catch {
      throw ConversationProblem(error.message)
    }
    all = settings
    let isLive = { (change: SettingChange) in !isOpen || change.key == .volume }
    let later = changes.filter { !isLive($0) }
    waiting += later
    return Taken(
      live: changes.filter(isLive), later: later,
      reconnecting: changes.map(\.key).filter { offer?[$0]?.moment == .newConnection })
  }

  /// - Returns: what is to take effect now that no turn is open; nil when nothing is.
  mutating func takeWaiting() -> [SettingChange]? {
    defer { waiting = [] }
    return waiting.isEmpty ? nil : waiting
  }
}
