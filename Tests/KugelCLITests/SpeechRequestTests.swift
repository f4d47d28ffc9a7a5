import KugelAudio
import KugelEngine
import KugelText
import KugelWire
import Testing

@testable import KugelCLI
@testable import KugelJobs

@Suite struct SpeechRequestTests {
  private func request(_ words: String..., variables: [String: String] = [:]) throws
    -> SpeechRequest
  {
    let outcome = Stage.run(words, variables: variables)
    return try #require(outcome.requests.first, "\(outcome.told)")
  }

  @Test func `words alone are played by the default voice`() throws {
    let plain = try request("say", "hello", "world")
    var expected = SpeechRequest(source: .words("hello world"))
    expected.speakers = SpeakerOutput()
    #expect(plain == expected)
  }

  @Test func `the text comes from words, files or standard input`() throws {
    #expect(try request("say", "-f", "a", "-f", "-", "--file=b").source == .files(["a", "-", "b"]))
    #expect(try request("say").source == .standardInput)
    #expect(try request("say", "-").source == .standardInput)
    #expect(try request("say", "-f-").source == .standardInput)
    #expect(try request("say", "--", "-x").source == .words("-x"))
    #expect(try request("stream").source == .standardInput)
  }

  @Test(arguments: [
    (["-o", "/nowhere/a.wav"], false), (["-o", "-"], true),
    (["-o", "/dev/null", "--format", "raw"], true), ([], true),
    (["-o", "/nowhere/a.wav", "--play"], true),
    (["-o", "/nowhere/a.wav", "--pace", "realtime"], true),
    (["-o", "/nowhere/a.wav", "--events"], true),
  ])
  func `the sound of a file alone is followed by nobody`(words: [String], isFollowed: Bool) throws {
    let outcome = Stage.run(["say"] + words + ["hi"])
    let request = try #require(outcome.requests.first, "\(outcome.told)")
    #expect(request.run.isFollowed == isFollowed)
  }

  @Test func `how it sounds`() throws {
    let full = try request(
      "say", "-e", "espeak", "-v", "anna", "-l", "de-AT", "-r", "350", "-x", "pitch=1",
      "-xpitch=70",
      "-qV", "hi")
    #expect(full.engine == .espeak && full.voice == .handle("anna") && full.language == "de-AT")
    #expect(full.speed == 2 && full.pitch == 70 && full.verbosity == .verbose)
    #expect(try request("say", "-v7", "-s", "1.5", "-q", "hi").voice == .id(7))
    #expect(try request("say", "-s", "1.5", "hi").speed == 1.5)
  }

  @Test(arguments: [("-r", "80"), ("-r", "450"), ("-s", "0.46"), ("-s", "2.57")])
  func `the limits that are named are taken`(flag: String, value: String) throws {
    let made = try request("say", flag, value, "hi")
    #expect((80.0 / 175...450.0 / 175).contains(made.speed))
  }

  @Test func `every pace that is taken is one the engine can speak`() throws {
    for name in EngineName.allCases where !name.isRemote {
      let engine = try #require(name.entry).open(EngineSetup())
      let speeds = try #require(name.offer.speeds)
      #expect(engine.speedRange.contains(speeds.lowerBound))
      #expect(engine.speedRange.contains(speeds.upperBound))
      guard case .integer(let rates, _)? = name.offer[.rate]?.kind else {
        Issue.record("\(name.rawValue) has no rates")
        continue
      }
      for rate in [rates.lowerBound, rates.upperBound] {
        #expect(engine.speedRange.contains(Double(rate) / Double(SettingTerms.normalRate)))
      }
    }
  }

  @Test(arguments: [("-6", -6.0), ("-6dB", -6), ("+3 dB", 3), ("20", 20)])
  func `a volume is in decibels, with or without the word`(text: String, level: Double) throws {
    #expect(try request("say", "--volume", text, "hi").speakers?.volume == level)
  }

  @Test(arguments: ["21", "-61", "loud", "", "1e1"])
  func `a volume that is none is an error`(text: String) {
    let outcome = Stage.run("say", "--volume", text, "hi")
    #expect(outcome.status == .usage && outcome.requests.isEmpty)
    #expect(outcome.told.contains("--volume takes -60 to 20 decibels"))
  }

  @Test func `the environment stands in for options that are not given`() throws {
    let variables = [
      "KUGEL_ENGINE": "tone", "KUGEL_VOICE": "beep", "KUGEL_LANG": "de", "KUGEL_DEVICE": "hw",
    ]
    let made = try request("say", "hi", variables: variables)
    #expect(made.engine == .tone && made.voice == .handle("beep") && made.language == "de")
    #expect(made.speakers?.device == "hw")
    #expect(try request("say", "-e", "espeak", "hi", variables: variables).engine == .espeak)
    let empty = try request("say", "hi", variables: ["KUGEL_ENGINE": ""])
    #expect(empty.engine == .espeak)
    let bad = Stage.run(["say", "hi"], variables: ["KUGEL_ENGINE": "tnoe"])
    #expect(bad.status == .usage)
    #expect(
      bad.told
        == """
        kugel: KUGEL_ENGINE takes kugel, elevenlabs, openai, espeak, piper, command, tone, not "tnoe"
        Did you mean tone?

        """
    )
  }

  @Test func `a file silences the speakers unless they are wanted`() throws {
    let filed = try request("say", "-o", "x.mp3", "hi")
    #expect(filed.speakers == nil && filed.file == FileOutput(path: "x.mp3", format: .mp3))
    #expect(try request("say", "-ox.WAV", "--play", "-a", "hw", "hi").speakers?.device == "hw")
  }

  @Test func `the extension names the format and the option outranks it`() throws {
    #expect(try request("say", "-o", "x.mp3", "--format", "wav", "hi").file?.format == .wav)
    #expect(try request("say", "-o", "-", "hi").file?.format == .wav)
    let made = try request("stream", "-o-", "--format=raw", "--sample-rate", "16000", "--force")
    #expect(made.file == FileOutput(path: "-", format: .raw, rate: 16000, overwrite: true))
    for format in AudioFormat.allCases {
      for ending in format.extensions { #expect(AudioFormat(path: "x." + ending) == format) }
    }
  }

  @Test(arguments: [
    ("eof", TurnEnd.endOfInput), ("blank", .blankLine), ("line", .line), ("nul", .nul),
    ("idle:250", .idle(.milliseconds(250))),
  ])
  func `turns end as asked`(text: String, end: TurnEnd) throws {
    #expect(try request("stream", "--turn", text).turnEnd == end)
  }

  @Test func `stream has its own options`() throws {
    let made = try request("stream", "--preset", "fast", "--tee", "--allow-empty")
    #expect(made.preset == .fast && made.tee == .written && made.allowsEmpty)
    #expect(try request("stream").turnEnd == .endOfInput)
  }

  @Test(arguments: [
    (["-r", "900", "hi"], "--rate takes 80 to 450 words a minute with espeak, not 900"),
    (["-r", "fast", "hi"], "-r takes a whole number of words a minute, not \"fast\""),
    (["-s", "0", "hi"], "--speed takes a number from 0.46 to 2.57 with espeak, not 0"),
    (["-s", "inf", "hi"], "-s takes a number, not \"inf\""),
    (["-s1", "-r175", "hi"], "--rate and --speed say the same"),
    (
      ["-x", "pitch=101", "hi"],
      "-x takes pitch= with a whole number from 0 to 100, not \"pitch=101\""
    ),
    (["-x", "speed=1", "hi"], "Say it with --speed."),
    (["-e", "tone", "-x", "pitch=1", "hi"], "means nothing to the engine tone"),
    (["-e", "speak", "hi"], "Did you mean espeak?"),
    (["-l", "de_DE", "hi"], "-l takes a language tag such as de or en-gb"),
    (["--sample-rate", "1", "-ox.wav", "hi"], "--sample-rate takes 1000 to 192000, not \"1\""),
    (["--sample-rate", "22050", "-ox.opus", "hi"], "with opus takes 8000, 12000"),
    (["--sample-rate", "8000", "hi"], "--sample-rate is about a file"),
    (["--format", "wav", "hi"], "--format is about a file"),
    (["--format", "mp4", "-o-", "hi"], "--format takes wav, wav-ulaw"),
    (["-o", "x.txt", "hi"], "no format is known by the extension of x.txt"),
    (["-o", "plain", "hi"], ".flac"),
    (["--no-play", "hi"], "leaves nothing to do"),
    (["hi", "-f", "a"], "not from both"),
  ])
  func `what say cannot do is refused before anything is spoken`(words: [String], told: String) {
    let outcome = Stage.run(["say"] + words)
    #expect(outcome.status == .usage && outcome.requests.isEmpty)
    #expect(outcome.told.contains(told), "\(outcome.told)")
  }

  @Test(arguments: [
    (["--tee", "-o", "-"], "would both write to standard output"),
    (["hello", "there"], "To speak them: kugel say hello there"),
    (
      ["--turn", "idle:1"],
      "--turn takes idle:TIME with 10ms to 60s, as a time such as 800ms, 1.5s, 5m or 1h"
    ),
    (["--turn", "lines"], "Did you mean line?"),
    (["--preset", "slow"], "--preset takes fast, balanced, quality"),
    (["--tee=heard"], "--tee takes written, raw, spoken, not \"heard\""),
  ])
  func `what stream cannot do is refused before anything is spoken`(words: [String], told: String) {
    let outcome = Stage.run(["stream"] + words)
    #expect(outcome.status == .usage && outcome.requests.isEmpty)
    #expect(outcome.told.contains(told), "\(outcome.told)")
  }

  @Test func `audio is not written to a terminal`() {
    let outcome = Stage.run(["say", "-o", "-", "hi"], terminals: [1])
    #expect(outcome.status == .usage && outcome.told.contains("-o FILE"))
  }

  @Test func `nothing to say is bad input unless it is allowed`() throws {
    for words in [["say", ""], ["say", " \t", "\n"]] {
      let outcome = Stage.run(words)
      #expect(outcome.status == .badInput && outcome.requests.isEmpty)
    }
    #expect(try request("say", "--allow-empty", "").source == .words(""))
  }

  @Test func `somebody at a terminal learns what is waited for`() {
    #expect(Stage.run(["say"], terminals: [0]).told.contains("Ctrl-D"))
    #expect(Stage.run(["stream"], terminals: [0]).told.contains("Ctrl-D"))
    #expect(Stage.run(["say", "-f", "-"], terminals: [0]).told.contains("Ctrl-D"))
    #expect(Stage.run(["say", "-q"], terminals: [0]).told == "")
    #expect(Stage.run(["say", "hi"], terminals: [0]).told == "")
    #expect(Stage.run(["say"]).told == "")
  }

  @Test func `words after -f are files too, in their order`() throws {
    let outcome = Stage.run(["say", "-f", "a", "b", "-q", "-f", "c", "d"])
    #expect(outcome.requests.first?.source == .files(["a", "b", "c", "d"]), "\(outcome.told)")
  }
}
