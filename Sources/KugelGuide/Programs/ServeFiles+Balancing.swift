extension ServeFiles {
  /// What is to be known where a balancer stands in front.
  package static let balancing = [
    "All connections of a balancer come from its one address: give each machine behind it "
      + "`--max-per-address` as high as `--max-connections`. A service that listens on a loopback "
      + "address only, with the balancer on the same machine, is called by names that it does "
      + "not know: give them by `--allow-host`.",
    "Sizes to plan by: beside some 25 MB for itself a service takes about 10 KB for a socket that is "
      + "silent, and up to 700 KB for one whose client takes its sound slowly: the `--ahead` "
      + "seconds that were made before they were taken; up to 10 MB where a client sends request "
      + "after request and takes nothing, after which no more is read from it. A second of sound is 64 KB on the wire at "
      + "24000 Hz. A connection is one descriptor, and there are some twenty more. What limits one "
      + "process is the engine, which speaks a sentence at a time: `--max-turns` is how many may "
      + "wait for it, and `kugel bench` says how many times real time it makes on a "
      + "machine. What limits the number of sockets is `--max-connections`, which "
      + "`maxconn` of the balancer should equal, and the limit of descriptors (`ulimit -n`).",
    "To renew a machine, send it TERM, wait for its end, and start the new one: "
      + "`--drain-timeout` bounds the wait. Dictionaries are each machine's own: give all "
      + "of them the same file before they start.",
  ]
}
