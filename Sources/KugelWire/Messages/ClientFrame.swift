/// One message from client to service. It may do several things at once; the service takes them in
/// the order configuration, text, flush or close.
///
/// Source: protocol notes, sections 5.2 and 7.1.
package struct ClientFrame: Equatable, Sendable {
  /// Set on the multi-context endpoint only.
  package var context: String?
  /// Sticky for the connection.
  package var settings = TurnSettings()
  /// `voice_settings`: of `context` alone, and the only place it takes its voice from. Voice,
  /// `cfgScale` and `maxNewTokens`; the rest is not sent. Source: protocol notes, section 7.1.
  package var contextSettings = TurnSettings()
  package var text: String?
  package var flush = false
  /// `close` or its alias `end_session`.
  package var close = false
  package var cancel = false
  package var update: SettingsUpdate?
  package var closeSocket = false
  package var closeContext = false
  /// With `closeContext`: drop what is queued instead of speaking it.
  package var immediate = false
  package var keepAlive = false
  /// What is there may be spoken, if it is a little; ElevenLabs only, as what follows.
  package var tries = false
  /// Of who speaks, where it comes in a message.
  package var key: String?

  package init() {}

  package init(text: String, settings: TurnSettings = TurnSettings(), flush: Bool = false) {
    self.text = text
    self.settings = settings
    self.flush = flush
  }

  package static var flush: ClientFrame {
    var frame = ClientFrame()
    frame.flush = true
    return frame
  }

  package static var close: ClientFrame {
    var frame = ClientFrame()
    frame.close = true
    return frame
  }

  package static var cancel: ClientFrame {
    var frame = ClientFrame()
    frame.cancel = true
    return frame
  }

  package static var closeSocket: ClientFrame {
    var frame = ClientFrame()
    frame.closeSocket = true
    return frame
  }

  /// What opens a context: a lone space, and the settings it keeps.
  package static func opening(_ context: String, settings: TurnSettings) -> ClientFrame {
    var frame = ClientFrame(text: " ")
    frame.context = context
    frame.contextSettings = settings
    return frame
  }

  package static func configuration(_ settings: TurnSettings) -> ClientFrame {
    var frame = ClientFrame()
    frame.settings = settings
    return frame
  }

  package static func update(_ update: SettingsUpdate) -> ClientFrame {
    var frame = ClientFrame()
    frame.update = update
    return frame
  }
}

/// The body of `update_settings`: parameters for the turns to come.
///
/// Source: protocol notes, section 5.5.
package struct SettingsUpdate: Equatable, Sendable {
  package var cfgScale: Double?
  package var temperature: Double?
  package var speed: Double?
  package var maxNewTokens: Int?
  package var language: String?
  package var normalize: Bool?
  /// Fields that an update may not carry, by their wire names; a service refuses the update.
  package var forbidden: [String] = []

  package init() {}

  package var isEmpty: Bool { self == SettingsUpdate() }
}
