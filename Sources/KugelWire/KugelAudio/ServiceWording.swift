/// Sentences of the service by which something is decided; no message has a field for it. They are known
/// here and nowhere else.
///
/// Source: protocol notes, sections 5.5 and 5.6.
enum ServiceWording {
  /// So the warning begins that a turn was ended for want of text.
  private static let turnEnded = "Turn ended"
  /// So the refusal of an update begins in our words; others only name the settings.
  private static let invalidUpdate = "Invalid settings update: "
  private static let settings = "settings"

  static func warning(_ text: String) -> ServiceWarning {
    text.hasPrefix(turnEnded) ? .turnEnded(text) : .other(text)
  }

  static func idle(seconds: Int) -> String {
    "\(turnEnded) after \(seconds)s of inactivity. Flush a turn when its text is complete."
  }

  static var contextClosed: String { "\(turnEnded) by the service, which closed its context." }

  static func refusesUpdate(_ message: String, code: Int) -> Bool {
    code == 400 && message.contains(settings)
  }

  static func invalidUpdate(_ reason: String) -> String { invalidUpdate + reason }
}

extension ServiceWarning {
  /// No text came for so long.
  package static func idle(seconds: Int) -> ServiceWarning {
    .turnEnded(ServiceWording.idle(seconds: seconds))
  }

  /// The context that the turn was is gone.
  package static var contextClosed: ServiceWarning { .turnEnded(ServiceWording.contextClosed) }
}
