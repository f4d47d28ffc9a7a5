// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// For the program, not for its tests: no module of regular expressions, which is a megabyte (see `PartSearch`); and
/// each function for itself, so that the linker leaves out what nobody calls, and orders the rest.
let leanSettings: [SwiftSetting] = [
  .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"]),
  .unsafeFlags(["-Xfrontend", "-function-sections"], .when(configuration: .release)),
]

/// Made small rather than fast: what runs once in a command, for a listing, or once for each message. What is done
/// for each letter of a text and each sample of a sound is not among them.
let unhurried: Set = [
  "KugelBooks", "KugelCLI", "KugelClient", "KugelCommand", "KugelConnections", "KugelConversation",
  "KugelDesktop", "KugelDoctor", "KugelEngine", "KugelEngines", "KugelEspeak", "KugelFloor",
  "KugelGuide", "KugelJobs", "KugelMeasure", "KugelNarration", "KugelNumbers", "KugelPiper",
  "KugelPrompt", "KugelQueue", "KugelScreen", "KugelScreenplay", "KugelServer", "KugelService",
  "KugelServiceCore", "KugelSession", "KugelShop", "KugelStudio", "KugelSystem", "KugelTranslation",
  "KugelTransport", "KugelWire",
]

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], linking libraries: [String] = [],
  script: String? = nil
) -> Target {
  let size: [SwiftSetting] =
    unhurried.contains(name)
    ? [.unsafeFlags(["-Osize"], .when(configuration: .release))] : []
  return .target(
    name: name, dependencies: dependencies, swiftSettings: settings + leanSettings + size,
    linkerSettings: libraries.map { .linkedLibrary($0) }
      + (script.map { [.unsafeFlags(["-use-ld=lld", "-Xlinker", "\(linking)/\($0)"])] } ?? []))
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], copying resources: [String] = [],
  excluding: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: excluding,
    resources: resources.map { .copy($0) }, swiftSettings: settings)
}

// Where its trampolines know the processor, what most runs do not need is opened by the first call.
#if arch(x86_64)
  let opensLibrariesLate = true
#else
  let opensLibrariesLate = false
#endif

/// What `kugel --version` tells. Not `Context.gitInformation`: what is read here once is kept until this file
/// or the environment changes, and would name a commit of the past.
let commit = Context.environment["KUGEL_COMMIT"] ?? ""

let linking = "\(Context.packageDirectory)/Sources/Linking"

/// What the linker does for a quick start and a small program: 57,000 addresses in 12 kB instead of 1.4 MB, no names for
/// libraries that would look for them in here, the one of libgcc's that is needed as a part; what a start calls
/// stands together, and there are no tables for exceptions.
let leanStart = [
  "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker",
  "--no-export-dynamic", "-Xclang-linker", "-static-libgcc", "-Xlinker",
  "--symbol-ordering-file=\(linking)/first.order", "-Xlinker", "--no-warn-symbol-ordering",
  // Functions that are alike, and whose addresses nobody compares, are one: 12 kB.
  "-Xlinker", "--icf=safe",
  "-Xlinker", "--no-eh-frame-hdr", "-Xlinker", "\(linking)/unwind.ld",
  "-Xlinker", "\(linking)/nameless.ld",
]

/// A library of C, whose header is found without being told where.
func library(_ name: String, pkgConfig: String, package: String) -> Target {
  .systemLibrary(
    name: name, pkgConfig: opensLibrariesLate ? nil : pkgConfig, providers: [.apt([package])])
}

/// - Parameter late: linked only where libraries are not opened late.
func linked(_ always: [String], late: [String]) -> [String] {
  always + (opensLibrariesLate ? [] : late)
}

/// Tests that give every decoder what was kept of fuzzing. Where `KUGEL_FUZZ` is set the same folder is
/// the program that finds more; `Tests/FuzzTests/run.sh` builds it.
func fuzzing(_ dependencies: [Target.Dependency]) -> Target {
  guard Context.environment["KUGEL_FUZZ"] != nil else {
    return tests("FuzzTests", dependencies, excluding: ["Driver", "Inputs", "run.sh"])
  }
  return .executableTarget(
    name: "kugel-fuzz", dependencies: dependencies, path: "Tests/FuzzTests",
    exclude: ["ReplayTests.swift", "Inputs", "run.sh"], swiftSettings: settings,
    // The libFuzzer of the toolchain has a `main` of its own; this linker takes ours.
    linkerSettings: [.unsafeFlags(["-use-ld=lld"])])
}

let package = Package(
  name: "kugel",
  targets: [
    library("CALSA", pkgConfig: "alsa", package: "libasound2-dev"),
    library("CSndfile", pkgConfig: "sndfile", package: "libsndfile1-dev"),
    library("CSoxr", pkgConfig: "soxr", package: "libsoxr-dev"),
    library("CEditline", pkgConfig: "libedit", package: "libedit-dev"),
    .target(name: "CLazyLibraries", exclude: ["functions.def"]),
    // These two are linked as archives: loading and binding what they bring along would double the
    // time a start takes.
    .systemLibrary(name: "CEspeak", providers: [.apt(["libespeak-ng-dev", "libsonic-dev"])]),
    .systemLibrary(
      name: "CWebSockets", providers: [.apt(["libwebsockets-dev", "libssl-dev", "libcap-dev"])]),
    .target(name: "CNoAudioDevice"),
    .target(name: "CRelease", cSettings: [.define("KUGEL_COMMIT", to: "\"\(commit)\"")]),

    // Ours, pure, and no library: the one thing in the core that Swift cannot do fast enough.
    .target(name: "CBase64"),
    .target(name: "CPolyphase"),
    .target(name: "CFileSystem"),
    module("KugelJSON"),
    module("KugelText"),
    module("KugelNumbers", ["KugelText"]),
    module("KugelReading", ["KugelText", "KugelNumbers"]),
    module("KugelWire", ["KugelJSON", "KugelText", "CBase64"]),
    module("KugelTranslation", ["KugelText", "KugelWire"]),
    module("KugelNarration", ["KugelText", "KugelReading", "KugelWire"]),
    module("KugelStreams", ["KugelJSON", "KugelText"]),
    module("KugelSession", ["KugelText", "KugelWire"]),
    module("KugelConversation", ["KugelText", "KugelWire", "KugelSession"]),
    module("KugelServiceCore", ["KugelText", "KugelNumbers", "KugelWire"]),
    module("KugelScreenplay", ["KugelText", "KugelWire"]),
    module("KugelMeasure", ["KugelJSON", "KugelText", "KugelWire"]),
    module("KugelQueue", ["KugelWire"]),
    module("KugelScreen", ["KugelText", "KugelWire", "KugelSession", "KugelQueue"]),
    module("KugelSystem", ["CFileSystem"]),
    module("KugelBooks", ["KugelText", "KugelNarration", "KugelSystem"]),
    module("KugelFloor", ["KugelWire", "KugelQueue", "KugelSystem"]),
    module("KugelDesktop", ["KugelSystem"]),
    module(
      "KugelAudio",
      [
        "KugelWire", "KugelSystem", "CALSA", "CSndfile", "CSoxr", "CPolyphase",
        "CLazyLibraries",
      ]),
    module("KugelEngine", ["KugelText"]),
    module(
      "KugelEspeak",
      [
        "KugelText", "KugelSystem", "KugelEngine", "CEspeak", "CNoAudioDevice", "CLazyLibraries",
      ],
      linking: linked([":libespeak-ng.a", "m"], late: ["sonic"]), script: "espeak.ld"),
    module(
      "KugelPiper", ["KugelJSON", "KugelText", "KugelSystem", "KugelEngine", "KugelEspeak"]),
    module("KugelCommand", ["KugelText", "KugelSystem", "KugelEngine"]),
    module("KugelEngines", ["KugelEngine", "KugelEspeak", "KugelPiper", "KugelCommand"]),
    module(
      "KugelTransport", ["KugelText", "KugelSystem", "CWebSockets", "CLazyLibraries"],
      linking: linked([":libwebsockets.a"], late: ["ssl", "crypto", "cap", "z"])),
    module(
      "KugelService",
      ["KugelText", "KugelWire", "KugelServiceCore", "KugelSystem", "KugelEngine", "KugelAudio"]),
    module(
      "KugelConnections",
      [
        "KugelText", "KugelWire", "KugelTranslation", "KugelSession", "KugelServiceCore",
        "KugelSystem", "KugelAudio", "KugelService", "KugelTransport",
      ]),
    module(
      "KugelClient",
      [
        "KugelText", "KugelReading", "KugelWire", "KugelStreams", "KugelSession",
        "KugelConversation",
        "KugelServiceCore",
        "KugelScreenplay", "KugelMeasure", "KugelQueue", "KugelSystem", "KugelFloor", "KugelAudio",
        "KugelService",
        "KugelTransport", "KugelConnections",
      ]),
    module(
      "KugelPrompt",
      [
        "KugelText", "KugelConversation", "KugelScreen", "KugelSystem", "KugelClient", "CEditline",
        "CLazyLibraries",
      ]),
    module(
      "KugelServer",
      [
        "KugelJSON", "KugelText", "KugelWire", "KugelServiceCore", "KugelSystem", "KugelAudio",
        "KugelEngine",
        "KugelService", "KugelTransport",
      ]),
    module(
      "KugelJobs",
      [
        "KugelText", "KugelReading", "KugelWire", "KugelStreams", "KugelNarration",
        "KugelSession",
        "KugelConversation", "KugelScreen",
        "KugelServiceCore",
        "KugelScreenplay", "KugelMeasure", "KugelQueue", "KugelSystem", "KugelFloor",
        "KugelDesktop", "KugelAudio", "KugelEngine",
        "KugelEngines",
        "KugelService", "KugelTransport", "KugelConnections", "KugelClient", "KugelPrompt",
        "KugelServer", "CRelease",
      ]),
    module(
      "KugelDoctor",
      [
        "KugelText", "KugelWire", "KugelSession", "KugelConversation", "KugelScreen",
        "KugelSystem", "KugelFloor", "KugelAudio", "KugelEngine", "KugelEngines", "KugelTransport",
        "KugelConnections", "KugelClient", "KugelJobs", "CLazyLibraries",
      ]),
    module("KugelGuide", ["KugelWire", "KugelScreen", "KugelJobs"]),
    module(
      "KugelStudio",
      [
        "KugelText", "KugelReading", "KugelWire", "KugelNarration", "KugelBooks", "KugelSession",
        "KugelScreen", "KugelSystem", "KugelAudio", "KugelEngine", "KugelClient", "KugelJobs",
      ]),
    module(
      "KugelShop",
      [
        "KugelText", "KugelWire", "KugelScreen", "KugelSystem", "KugelEngine", "KugelTransport",
        "KugelConnections", "KugelJobs",
      ]),
    module(
      "KugelCLI",
      [
        "KugelText", "KugelReading", "KugelWire", "KugelStreams", "KugelNarration",
        "KugelSession",
        "KugelConversation", "KugelScreen",
        "KugelServiceCore",
        "KugelScreenplay", "KugelMeasure", "KugelQueue", "KugelSystem", "KugelFloor", "KugelAudio",
        "KugelEngine",
        "KugelEngines",
        "KugelTransport", "KugelConnections", "KugelClient", "KugelServer", "KugelJobs",
        "KugelDoctor", "KugelGuide",
      ]),
    .executableTarget(
      name: "kugel",
      dependencies: ["KugelJobs", "KugelStudio", "KugelShop", "KugelDoctor", "KugelCLI"],
      swiftSettings: settings + leanSettings,
      linkerSettings: [.unsafeFlags(leanStart, .when(configuration: .release))]),

    .target(
      name: "TestSupport", dependencies: ["KugelSystem"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .target(
      name: "EngineTestSupport", dependencies: ["KugelText", "KugelEngine"],
      path: "Tests/EngineTestSupport", swiftSettings: settings),
    // What `make benchmark` measures that no command shows.
    .executableTarget(
      name: "kugel-reading", dependencies: ["KugelText", "KugelReading", "KugelSystem"],
      path: "Tests/Benchmark/Reading", swiftSettings: settings),
    tests("HouseTests", []),
    tests("KugelJSONTests", ["KugelJSON", "TestSupport"]),
    tests("KugelTextTests", ["KugelText", "TestSupport"]),
    tests("KugelNumbersTests", ["KugelText", "KugelNumbers"]),
    tests("KugelReadingTests", ["KugelText", "KugelReading", "TestSupport"]),
    tests("KugelWireTests", ["KugelText", "KugelWire", "CBase64", "TestSupport"]),
    tests(
      "KugelNarrationTests", ["KugelText", "KugelReading", "KugelWire", "KugelNarration"]),
    tests("KugelTranslationTests", ["KugelText", "KugelWire", "KugelTranslation"]),
    tests("KugelStreamsTests", ["KugelJSON", "KugelWire", "KugelStreams", "TestSupport"]),
    tests(
      "KugelSessionTests",
      ["KugelText", "KugelWire", "KugelTranslation", "KugelSession", "TestSupport"]),
    tests(
      "KugelConversationTests", ["KugelText", "KugelWire", "KugelSession", "KugelConversation"]),
    tests(
      "KugelServiceCoreTests",
      ["KugelJSON", "KugelText", "KugelWire", "KugelServiceCore", "TestSupport"]),
    tests("KugelScreenplayTests", ["KugelText", "KugelWire", "KugelScreenplay"]),
    tests("KugelMeasureTests", ["KugelText", "KugelWire", "KugelMeasure"]),
    tests("KugelQueueTests", ["KugelQueue"]),
    tests("KugelSystemTests", ["KugelSystem", "TestSupport"]),
    tests("KugelDesktopTests", ["KugelSystem", "KugelDesktop"]),
    tests("KugelFloorTests", ["KugelQueue", "KugelSystem", "KugelFloor", "TestSupport"]),
    tests(
      "KugelAudioTests",
      ["KugelWire", "KugelSystem", "KugelAudio", "CSndfile", "CPolyphase", "TestSupport"]),
    tests("KugelEngineTests", ["KugelText", "KugelEngine", "EngineTestSupport"]),
    tests(
      "KugelEspeakTests",
      [
        "KugelText", "KugelSystem", "KugelEngine", "KugelEspeak", "CEspeak", "EngineTestSupport",
        "TestSupport", "kugel",
      ]),
    tests(
      "KugelPiperTests",
      [
        "KugelText", "KugelSystem", "KugelEngine", "KugelEspeak", "KugelPiper",
        "EngineTestSupport", "TestSupport",
      ]),
    tests(
      "KugelCommandTests",
      ["KugelText", "KugelSystem", "KugelEngine", "KugelCommand", "EngineTestSupport"]),
    tests(
      "KugelEnginesTests",
      [
        "KugelText", "KugelEngine", "KugelEspeak", "KugelPiper", "KugelCommand", "KugelEngines",
        "EngineTestSupport",
      ]),
    tests("KugelTransportTests", ["KugelSystem", "KugelTransport", "TestSupport"]),
    tests(
      "KugelServiceTests",
      ["KugelText", "KugelWire", "KugelServiceCore", "KugelSystem", "KugelEngine", "KugelService"]),
    tests(
      "KugelClientTests",
      [
        "KugelText", "KugelReading", "KugelWire", "KugelStreams", "KugelSession",
        "KugelConversation",
        "KugelServiceCore",
        "KugelScreenplay", "KugelMeasure", "KugelQueue", "KugelSystem", "KugelFloor", "KugelAudio",
        "KugelEngine",
        "KugelService",
        "KugelTransport", "KugelConnections", "KugelClient", "TestSupport",
      ],
      excluding: ["Transcripts"]),
    tests(
      "KugelServerTests",
      [
        "KugelText", "KugelWire", "KugelServiceCore", "KugelSystem", "KugelAudio", "KugelEngine",
        "KugelEspeak", "KugelService", "KugelTransport", "KugelServer", "TestSupport",
      ]),
    tests(
      "KugelCLITests",
      [
        "KugelText", "KugelReading", "KugelWire", "KugelStreams", "KugelSession",
        "KugelConversation", "KugelScreen",
        "KugelServiceCore",
        "KugelScreenplay", "KugelMeasure", "KugelQueue", "KugelSystem", "KugelFloor", "KugelAudio",
        "KugelEngine",
        "KugelConnections", "KugelClient", "KugelPrompt", "KugelServer",
        "KugelJobs", "KugelDoctor", "KugelGuide", "KugelCLI",
      ],
      excluding: ["Snapshots", "Shells"]),
    tests("KugelStudioTests", ["KugelSystem", "KugelStudio"]),
    tests(
      "EndToEndTests", ["KugelText", "KugelSystem", "KugelAudio", "KugelEngine", "kugel"]),
    tests(
      "SoakTests",
      [
        "KugelWire", "KugelSession", "KugelConversation", "KugelServiceCore", "KugelQueue",
        "KugelSystem", "KugelFloor",
        "KugelAudio", "KugelClient",
        "TestSupport",
      ]),
    fuzzing([
      "KugelJSON", "KugelText", "KugelReading", "KugelWire", "KugelStreams", "KugelSession",
      "KugelConversation",
      "KugelServiceCore",
      "KugelScreenplay", "KugelTransport", "KugelJobs", "KugelCLI", "CBase64", "TestSupport",
    ]),
  ]
)
