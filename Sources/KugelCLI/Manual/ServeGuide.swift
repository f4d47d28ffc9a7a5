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
          .text(
            "All connections of a balancer come from its one address: give each machine behind it "
              + "`--max-per-address` as high as `--max-connections`. A service that listens on a loopback "
              + "address only, with the balancer on the same machine, is called by names that it does "
              + "not know: give them by `--allow-host`."),
          .text(
            "Sizes to plan by: beside some 25 MB for itself a service takes about 10 KB for a socket that is "
              + "silent, and up to 700 KB for one whose client takes its sound slowly: the `--ahead` "
              + "seconds that were made before they were taken; up to 10 MB where a client sends request "
              + "after request and takes nothing, after which no more is read from it. A second of sound is 64 KB on the wire at "
              + "24000 Hz. A connection is one descriptor, and there are some twenty more. What limits one "
              + "process is the engine, which speaks a sentence at a time: `--max-turns` is how many may "
              + "wait for it, and `kugel bench` says how many times real time it makes on a "
              + "machine. What limits the number of sockets is `--max-connections`, which "
              + "`maxconn` of the balancer should equal, and the limit of descriptors (`ulimit -n`)."
          ),
          .text(
            "To renew a machine, send it TERM, wait for its end, and start the new one: "
              + "`--drain-timeout` bounds the wait. Dictionaries are each machine's own: give all "
              + "of them the same file before they start."),
        ]),
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
