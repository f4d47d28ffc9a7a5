import Testing

@testable import KugelDesktop

@Suite struct MediaInterfaceTests {
  private var interface: MediaInterface {
    var interface = MediaInterface()
    (interface.state.title, interface.state.source) = ("The build is done…", "claude")
    interface.position = 1_500_000
    return interface
  }

  @Test(
    arguments: [
      ("PlayPause", .toggle), ("Pause", .pause), ("Play", .play), ("Stop", .stop), ("Next", .next),
      ("Previous", .previous), ("Seek", nil), ("OpenUri", nil),
    ] as [(String, MediaWish?)])
  func `keys and what they wish`(member: String, wish: MediaWish?) {
    let (answer, wished) = interface.answer("org.mpris.MediaPlayer2.Player", member, [])
    #expect(answer == .nothing && wished == wish)
  }

  @Test(
    arguments: [
      ("org.mpris.MediaPlayer2.Player", "PlaybackStatus", .text("Playing")),
      ("org.mpris.MediaPlayer2.Player", "Position", .integer(1_500_000)),
      ("org.mpris.MediaPlayer2.Player", "CanControl", .flag(true)),
      ("org.mpris.MediaPlayer2.Player", "Rate", .number(1)),
      (
        "org.mpris.MediaPlayer2.Player", "Metadata",
        .members([
          ("mpris:trackid", .path("/de/kugel/item")), ("xesam:title", .text("The build is done…")),
          ("xesam:artist", .texts(["claude"])),
        ])
      ),
      ("org.mpris.MediaPlayer2", "Identity", .text("kugel")),
      ("org.mpris.MediaPlayer2", "Volume", nil), ("org.example", "Identity", nil),
    ] as [(String, String, MediaValue?)])
  func `properties`(of name: String, property: String, value: MediaValue?) {
    let (answer, wish) = interface.answer(
      "org.freedesktop.DBus.Properties", "Get", [name, property])
    #expect(answer == value.map { .variant($0) } ?? .unknown)
    #expect(wish == nil)
  }

  @Test func `all properties, and what changes`() {
    var paused = interface
    paused.state.isPaused = true
    let all = paused.answer(
      "org.freedesktop.DBus.Properties", "GetAll", ["org.mpris.MediaPlayer2.Player"]
    ).answer
    guard case .members(let members) = all else {
      Issue.record("no members")
      return
    }
    #expect(members.count == 13)
    #expect(MediaValue.members(Array(members.prefix(2))) == .members(paused.changing))
    #expect(paused.changing[0].value == .text("Paused"))
  }

  @Test(
    arguments: [
      ("org.mpris.MediaPlayer2.Player", "Sing", []), ("org.mpris.MediaPlayer2", "Sing", []),
      ("org.example", "Play", []), ("org.freedesktop.DBus.Properties", "Get", []),
      ("org.freedesktop.DBus.Properties", "Get", ["org.mpris.MediaPlayer2.Player"]),
      ("org.freedesktop.DBus.Introspectable", "Sing", []),
    ] as [(String, String, [String])])
  func `what nobody can do`(name: String, member: String, words: [String]) {
    let (answer, wish) = interface.answer(name, member, words)
    #expect(answer == .unknown && wish == nil)
  }

  @Test func `without a bus nothing is there`() {
    #expect(
      MediaPlayer(MediaState(), variable: { _ in nil }, position: { 0 }, wished: { _ in }) == nil)
    #expect(
      MediaPlayer(
        MediaState(), variable: { $0 == "XDG_RUNTIME_DIR" ? "/nonexistent" : nil },
        position: { 0 }, wished: { _ in }) == nil)
  }
}
