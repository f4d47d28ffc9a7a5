// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], linking libraries: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, swiftSettings: settings,
    linkerSettings: libraries.map { .linkedLibrary($0) })
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], copying resources: [String] = [],
  excluding: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: excluding,
    resources: resources.map { .copy($0) }, swiftSettings: settings)
}

let package = Package(
  name: "kugel",
  targets: [
    .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
    .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),
    .systemLibrary(name: "CEditline", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    // These two are linked as archives: loading and binding what they bring along would double the
    // time a start takes.
    .systemLibrary(name: "CEspeak", providers: [.apt(["libespeak-ng-dev", "libsonic-dev"])]),
    .systemLibrary(
      name: "CWebSockets", providers: [.apt(["libwebsockets-dev", "libssl-dev", "libcap-dev"])]),
    .target(name: "CNoAudioDevice"),

    // Ours, pure, and no library: the one thing in the core that Swift cannot do fast enough.
    .target(name: "CBase64"),
    .target(name: "CPolyphase"),
    module("KugelCore", ["CBase64"]),
    module("KugelThreads"),
    module(
      "KugelAudio", ["KugelCore", "KugelThreads", "CALSA", "CSndfile", "CSoxr", "CPolyphase"]),
    module(
      "KugelEngine", ["KugelCore", "CEspeak", "CNoAudioDevice"],
      linking: [":libespeak-ng.a", "sonic", "m"]),
    module(
      "KugelTransport", ["CWebSockets"],
      linking: [":libwebsockets.a", "ssl", "crypto", "cap", "z"]),
    module("KugelService", ["KugelCore", "KugelThreads", "KugelEngine", "KugelAudio"]),
    module(
      "KugelClient", ["KugelCore", "KugelThreads", "KugelAudio", "KugelService", "KugelTransport"]),
    module(
      "KugelServer",
      ["KugelCore", "KugelThreads", "KugelEngine", "KugelService", "KugelTransport"]),
    module(
      "KugelCLI",
      [
        "KugelCore", "KugelThreads", "KugelAudio", "KugelEngine", "KugelService", "KugelTransport",
        "KugelClient", "KugelServer", "CEditline",
      ]),
    .executableTarget(name: "kugel", dependencies: ["KugelCLI"], swiftSettings: settings),

    tests("KugelCoreTests", ["KugelCore", "CBase64"]),
    tests("KugelThreadsTests", ["KugelThreads"]),
    tests(
      "KugelAudioTests", ["KugelCore", "KugelThreads", "KugelAudio", "CSndfile", "CPolyphase"]),
    tests("KugelEngineTests", ["KugelCore", "KugelEngine", "CEspeak"]),
    tests("KugelTransportTests", ["KugelTransport"]),
    tests("KugelServiceTests", ["KugelCore", "KugelThreads", "KugelEngine", "KugelService"]),
    tests(
      "KugelClientTests",
      [
        "KugelCore", "KugelThreads", "KugelAudio", "KugelEngine", "KugelService", "KugelTransport",
        "KugelClient",
      ],
      excluding: ["Transcripts"]),
    tests(
      "KugelServerTests",
      ["KugelCore", "KugelThreads", "KugelEngine", "KugelService", "KugelTransport", "KugelServer"]),
    tests(
      "KugelCLITests", ["KugelCore", "KugelAudio", "KugelEngine", "KugelServer", "KugelCLI"],
      excluding: ["Snapshots", "Shells"]),
    tests("EndToEndTests", ["KugelCore", "KugelThreads", "KugelAudio", "KugelEngine", "kugel"]),
  ]
)
