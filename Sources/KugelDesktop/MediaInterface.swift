/// A media player as desktops know it. Pure: calls in, wishes and answers out.
///
/// Source: MPRIS D-Bus Interface Specification, 2.2.
struct MediaInterface {
  static let root = "org.mpris.MediaPlayer2"
  static let player = "org.mpris.MediaPlayer2.Player"
  static let properties = "org.freedesktop.DBus.Properties"
  static let introspectable = "org.freedesktop.DBus.Introspectable"
  static let path = "/org/mpris/MediaPlayer2"

  enum Answer: Equatable {
    case nothing
    case variant(MediaValue)
    case members([(name: String, value: MediaValue)])
    case text(String)
    /// No such method, property or interface.
    case unknown

    static func == (one: Answer, other: Answer) -> Bool {
      switch (one, other) {
      case (.nothing, .nothing), (.unknown, .unknown): true
      case (.variant(let a), .variant(let b)): a == b
      case (.members(let a), .members(let b)): MediaValue.members(a) == .members(b)
      case (.text(let a), .text(let b)): a == b
      default: false
      }
    }
  }

  var state = MediaState()
  /// Of what is said, microseconds.
  var position: Int64 = 0

  /// - Parameter words: the strings that the call begins with.
  func answer(
    _ interface: String, _ member: String, _ words: [String]
  ) -> (answer: Answer, wish: MediaWish?) {
    switch interface {
    case Self.player: return call(member)
    case Self.root:
      // Nobody would see it, and it ends by itself.
      return (["Raise", "Quit"].contains(member) ? .nothing : .unknown, nil)
    case Self.properties: return (property(member, words), nil)
    case Self.introspectable where member == "Introspect": return (.text(Self.description), nil)
    default: return (.unknown, nil)
    }
  }

  private func call(_ member: String) -> (Answer, MediaWish?) {
    switch member {
    case "PlayPause": (.nothing, .toggle)
    case "Pause": (.nothing, .pause)
    case "Play": (.nothing, .play)
    case "Stop": (.nothing, .stop)
    case "Next": (.nothing, .next)
    case "Previous": (.nothing, .previous)
    // `CanSeek` is false: they do nothing.
    case "Seek", "SetPosition", "OpenUri": (.nothing, nil)
    default: (.unknown, nil)
    }
  }

  private func property(_ member: String, _ words: [String]) -> Answer {
    guard let interface = words.first else { return .unknown }
    let all = values(of: interface)
    switch member {
    case "GetAll": return .members(all)
    case "Get" where words.count > 1:
      return all.first { $0.name == words[1] }.map { .variant($0.value) } ?? .unknown
    // Whatever could be set is what it is.
    case "Set": return .nothing
    default: return .unknown
    }
  }

  func values(of interface: String) -> [(name: String, value: MediaValue)] {
    switch interface {
    case Self.root:
      [
        ("CanQuit", .flag(false)), ("CanRaise", .flag(false)), ("HasTrackList", .flag(false)),
        ("Identity", .text("kugel")), ("SupportedUriSchemes", .texts([])),
        ("SupportedMimeTypes", .texts([])),
      ]
    case Self.player:
      changing + [
        ("Rate", .number(1)), ("MinimumRate", .number(1)), ("MaximumRate", .number(1)),
        ("Volume", .number(1)), ("Position", .integer(position)), ("CanGoNext", .flag(true)),
        ("CanGoPrevious", .flag(true)), ("CanPlay", .flag(true)), ("CanPause", .flag(true)),
        ("CanSeek", .flag(false)), ("CanControl", .flag(true)),
      ]
    default: []
    }
  }

  /// Those whose changes are told.
  var changing: [(name: String, value: MediaValue)] {
    var about: [(name: String, value: MediaValue)] = [
      ("mpris:trackid", .path("/de/kugel/item"))
    ]
    if let title = state.title { about.append(("xesam:title", .text(title))) }
    if let source = state.source { about.append(("xesam:artist", .texts([source]))) }
    return [
      ("PlaybackStatus", .text(state.isPaused ? "Paused" : "Playing")),
      ("Metadata", .members(about)),
    ]
  }

  private static let description =
    "<!DOCTYPE node PUBLIC \"-//freedesktop//DTD D-BUS Object Introspection 1.0//EN\" "
    + "\"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd\">\n<node>"
    + "<interface name=\"\(root)\"><method name=\"Raise\"/><method name=\"Quit\"/></interface>"
    + "<interface name=\"\(player)\">"
    + ["Next", "Previous", "Pause", "PlayPause", "Stop", "Play"]
    .map { "<method name=\"\($0)\"/>" }.joined()
    + "<property name=\"PlaybackStatus\" type=\"s\" access=\"read\"/>"
    + "<property name=\"Metadata\" type=\"a{sv}\" access=\"read\"/>"
    + "</interface></node>\n"
}

/// What is said, as a desktop shows it.
package struct MediaState: Equatable, Sendable {
  /// The text's beginning.
  package var title: String?
  /// Who speaks.
  package var source: String?
  package var isPaused = false

  package init() {}
}

/// What somebody wants with a key of the desktop.
package enum MediaWish: Equatable, Sendable {
  case toggle, pause, play, stop, next, previous
}
