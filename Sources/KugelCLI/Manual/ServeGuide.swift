import KugelGuide

/// Files that a site begins with when it serves from several processes or from systemd. The manual page
/// of `serve` shows them, and `man/examples` holds them to be copied.
enum ServeGuide {
  static var guides: [ManualText.Guide] {
    [
      ManualText.Guide(
        "Many machines",
        [
          .text(
            "A service holds nothing that another one needs, so any balancer of HTTP can stand in "
              + "front of several. It asks for `/ready`, which is 200 until an INT or TERM and 503 "
              + "from then on, while turns under way are spoken to their end. A client whose "
              + "connection breaks says what is left of its turn to another machine. For HAProxy:"),
          .listing(ManualText.Listing(file: "haproxy.cfg", text: ServeFiles.balancer)),
        ] + ServeFiles.balancing.map { .text($0) }),
      ManualText.Guide(
        "systemd",
        [
          .text(
            "A socket that systemd hands over (`LISTEN_FDS`) is used in place of `--listen`: the "
              + "port is open before the service is, connections wait while it is started anew, and "
              + "the service needs no right to open it. The socket:"),
          .listing(ManualText.Listing(file: "kugel.socket", text: ServeFiles.socket)),
          .text("The service, shut off from what it does not need:"),
          .listing(ManualText.Listing(file: "kugel.service", text: ServeFiles.service)),
        ]),
      ManualText.Guide(
        "A voice that is ready",
        [
          .text(VoiceUnits.text),
          .text(VoiceUnits.bySystemd),
          .listing(ManualText.Listing(file: "kugel-voice.socket", text: VoiceUnits.socket)),
          .text("The service:"),
          .listing(ManualText.Listing(file: "kugel-voice.service", text: VoiceUnits.service)),
        ]),
    ]
  }
}
