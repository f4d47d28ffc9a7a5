import KugelSession
import KugelWire
import Testing

@testable import KugelCLI
@testable import KugelJobs

@Suite struct ServiceOptionsTests {
  private func request(_ words: String..., variables: [String: String] = [:]) throws
    -> SpeechRequest
  {
    let outcome = Stage.run(words, variables: variables)
    return try #require(outcome.requests.first, "\(outcome.told)")
  }

  @Test(
    arguments: [
      ([], [:], EngineName.espeak), ([], ["KUGELAUDIO_API_KEY": "ka"], .kugel),
      ([], ["KUGELAUDIO_API_KEY": ""], .espeak),
      ([], ["KUGELAUDIO_API_URL": "http://x"], .kugel), (["--url", "http://x"], [:], .kugel),
      (["--key-file", "k"], [:], .kugel), (["--key-fd", "3"], [:], .kugel),
      (["-e", "espeak"], ["KUGELAUDIO_API_KEY": "ka"], .espeak),
      (["--url", "http://x"], ["KUGEL_ENGINE": "tone"], .tone), (["--region", "eu"], [:], .espeak),
      ([], ["CREDENTIALS_DIRECTORY": "/nonexistent"], .espeak),
    ] as [([String], [String: String], EngineName)])
  func `a key or an address chooses the service unless an engine is named`(
    words: [String], variables: [String: String], engine: EngineName
  ) throws {
    let outcome = Stage.run(["say"] + words + ["hi"], variables: variables)
    let made = try #require(outcome.requests.first, "\(outcome.told)")
    #expect(made.engine == engine)
    #expect((made.service != nil) == (engine == .kugel))
  }

  @Test func `the sources of a key in their order`() throws {
    let scratch = ScratchDirectory()
    let config = scratch.path + "/config"
    writeFile(config, "key_command = echo ka")
    writeFile(scratch.path + "/kugelaudio-api-key", "ka")
    let variables = ["KUGELAUDIO_API_KEY": "ka", "CREDENTIALS_DIRECTORY": scratch.path]
    let source = { (words: [String]) in
      Stage.run(["say"] + words + ["hi"], variables: variables).requests.first?.service?.key
    }
    #expect(source([]) == .credential(scratch.path + "/kugelaudio-api-key"))
    #expect(source(["--config", config]) == .command("echo ka"))
    #expect(source(["--config", config, "--key-file", "f"]) == .file("f"))
    #expect(source(["--config", config, "--key-file", "f", "--key-fd", "9"]) == .descriptor(9))
    let bare = try request("say", "hi", variables: ["KUGELAUDIO_API_KEY": "ka"])
    #expect(bare.service?.key == .environment(Secret("ka"), variable: "KUGELAUDIO_API_KEY"))
    #expect(!"\(bare)".contains("ka\"") && !String(reflecting: bare).contains("\"ka"))
  }

  @Test func `elevenlabs has keys and an address of its own`() throws {
    let both = [
      "KUGELAUDIO_API_KEY": "ka", "KUGELAUDIO_API_URL": "http://k", "ELEVENLABS_API_KEY": "sk",
      "ELEVEN_API_KEY": "sk2",
    ]
    let theirs = try request("say", "-e", "elevenlabs", "hi", variables: both)
    #expect(theirs.service?.key == .environment(Secret("sk"), variable: "ELEVENLABS_API_KEY"))
    #expect(theirs.service?.url == nil && theirs.service?.kind == .elevenLabs)
    let agents = try request("say", "-e", "elevenlabs", "hi", variables: ["ELEVEN_API_KEY": "sk2"])
    #expect(agents.service?.key == .environment(Secret("sk2"), variable: "ELEVEN_API_KEY"))
    #expect(
      try request("say", "-e", "elevenlabs", "--url", "http://e", "hi", variables: both).service?
        .url
        == "http://e")
    // None of it chooses a service by itself.
    #expect(try request("say", "hi", variables: ["ELEVENLABS_API_KEY": "sk"]).engine == .espeak)
    let ours = try request("say", "hi", variables: both)
    #expect(ours.engine == .kugel && ours.service?.url == "http://k")
    #expect(ours.service?.key == .environment(Secret("ka"), variable: "KUGELAUDIO_API_KEY"))
    #expect(
      try request("say", "--url", "http://e", "hi", variables: both).service?.url == "http://e")
  }

  @Test(arguments: [
    (["-x", "output_format=mp3_1"], "mp3_44100_128"),
    (["--dictionary", "1"], "--dictionary means nothing to the engine elevenlabs"),
    (["-x", "pitch=40"], "stability"),
    (["-x", "stability=1.2"], "stability= with a number from 0 to 1"),
    (["-s", "0.6"], "0.7 to 1.2"),
  ])
  func `what elevenlabs cannot do is an error`(words: [String], told: String) {
    let outcome = Stage.run(["say", "-e", "elevenlabs"] + words + ["hi"])
    #expect(outcome.status == .usage && outcome.requests.isEmpty)
    #expect(outcome.told.contains(told), "\(outcome.told)")
  }

  @Test func `what is of elevenlabs alone means nothing to others`() {
    let outcome = Stage.run(["say", "-e", "kugel", "--url", "http://k", "-x", "style=1", "hi"])
    #expect(outcome.status == .usage && outcome.told.contains("means nothing to the engine kugel"))
  }

  @Test(arguments: [
    ["--api-key", "ka_1"], ["--api-key=ka_1"], ["--key=ka_1"], ["--key", "ka_1"],
  ])
  func `no option takes the key, and trying says why`(words: [String]) {
    let outcome = Stage.run(["say"] + words + ["hi"])
    #expect(outcome.status == .usage && outcome.requests.isEmpty)
    #expect(outcome.told.contains("could be seen by every user"))
    #expect(outcome.told.contains("--key-file") && !outcome.told.contains("ka_1"))
    #expect(!HelpPage.of(Say.self).contains("--api-key"))
  }

  @Test func `every knob of the protocol reaches the service`() throws {
    let made = try request(
      "say", "--url", "http://localhost:1", "-v", "7", "-l", "de", "-m", "kugel-3", "-s", "1.1",
      "--no-normalize", "--project", "3", "--dictionary", "4", "--dictionary", "5", "-x",
      "cfg_scale=1.8", "-x", "temperature=0.2", "-x", "max_new_tokens=100", "-x",
      "sample_rate=16000", "-x", "output_format=pcm_16000", "-x", "word_timestamps=yes", "-x",
      "flush_timeout_ms=200", "-x", "max_buffer_length=500", "-x", "chunk_length_schedule=5,80",
      "-x", "auto_mode=true", "-x", "speaker_prefix=false", "-x",
      "optimize_streaming_latency=on", "-x", "num_diffusion_steps=4", "-x", "pitch=60", "hi")
    var settings = TurnSettings()
    settings.model = "kugel-3"
    settings.speed = 1.1
    settings.normalize = false
    settings.projectID = 3
    settings.dictionaryIDs = [4, 5]
    settings.cfgScale = 1.8
    settings.temperature = 0.2
    settings.maxNewTokens = 100
    settings.sampleRate = 16_000
    settings.outputFormat = .pcm16000
    settings.wordTimestamps = true
    settings.flushTimeoutMilliseconds = 200
    settings.maxBufferLength = 500
    settings.chunkLengthSchedule = [5, 80]
    settings.autoMode = true
    settings.speakerPrefix = false
    settings.optimizeStreamingLatency = true
    settings.diffusionSteps = 4
    settings.pitch = 60
    #expect(made.settings == settings)
    #expect(made.voice == .id(7) && made.language == "de")
    let plain = try request("say", "--url", "http://localhost:1", "hi")
    #expect(plain.settings.isEmpty)
    let none = try request("say", "--url", "http://x", "-x", "dictionary_ids=", "hi")
    #expect(none.settings.dictionaryIDs == [])
  }

  @Test(arguments: [
    (["-s", "1.3"], "--speed takes a number from 0.8 to 1.2 with kugel, not 1.3"),
    (["-r", "100"], "--rate takes 140 to 210 words a minute with kugel, not 100"),
    (
      ["-x", "cfg_scale=9"],
      "-x takes cfg_scale= with a number from 1.2 to 2.5, not \"cfg_scale=9\""
    ),
    (["-x", "temperature=-1"], "temperature= with a number from 0 to 1"),
    (["-x", "max_new_tokens=0"], "max_new_tokens= with a whole number from 1 to 2048"),
    (["-x", "sample_rate=1"], "sample_rate= with 8000, 11025, 12000, 16000"),
    (
      ["-x", "sample_rate=48000"],
      "sample_rate takes 8000, 16000, 22050, 24000, 44100 with kugel, not 48000"
    ),
    (["-x", "output_format=mp3"], "output_format= with pcm_8000, pcm_16000"),
    (["-x", "auto_mode=perhaps"], "auto_mode= with true or false"),
    (
      ["-x", "chunk_length_schedule=5,x"],
      "chunk_length_schedule= with whole numbers from 0 with commas"
    ),
    (["-x", "cfg_scael=2"], "Did you mean cfg_scale?"),
    (["-x", "sample_rate=8000", "-x", "output_format=pcm_16000"], "contradicts output_format"),
    (["--dictionary", "1"], "dictionary_ids requires project_id"),
    (["--dictionary", "x"], "--dictionary takes a number"),
    (["--timeout", "connect"], "--timeout takes connect=5s,first=10s"),
    (["--timeout", "conect=5s"], "--timeout takes"),
    (["--timeout", "first=-1s"], "--timeout takes"),
    (["--timeout", "first=5d"], "--timeout takes"),
    (["--retries", "-1"], "--retries takes 0 to 100"),
    (["--on-drop", "stop"], "--on-drop takes resume, restart, fail"),
    (["--region", "mars"], "--region takes eu, us, global"),
    (
      ["-e", "espeak", "-x", "cfg_scale=2"],
      "means nothing to the engine espeak, which knows pitch, "
    ),
  ])
  func `what no service takes is refused before any connection`(words: [String], told: String) {
    let outcome = Stage.run(["say", "--url", "http://localhost:1"] + words + ["hi"])
    #expect(outcome.status == .usage && outcome.requests.isEmpty)
    #expect(outcome.told.contains(told), "\(outcome.told)")
  }

  @Test func `how patient to be`() throws {
    let made = try request(
      "say", "--url", "http://localhost:1", "--retries", "0", "--on-drop", "restart", "--timeout",
      "connect=250ms,first=1m,stall=2,total=1h", "hi")
    var policy = SessionPolicy()
    policy.retries = 0
    policy.onDrop = .restart
    policy.connectTimeout = .milliseconds(250)
    policy.firstTimeout = .seconds(60)
    policy.stallTimeout = .seconds(2)
    policy.totalTimeout = .seconds(3600)
    #expect(made.service?.policy == policy)
  }

  @Test func `the voices of a service are asked of the service`() {
    let listed = Stage.run("voices", "--url", "http://x", "-l", "de")
    #expect(listed.status == .done && listed.printed.contains("1071    http://x  de"))
    #expect(Stage.run("say", "--url", "http://y", "-v", "?").printed.contains("http://y"))
    #expect(Stage.run("_names", "voices", "-e", "kugel").printed == "")
  }

  @Test func `twice verbose shows the wire`() throws {
    #expect(try request("say", "-V", "hi").verbosity == .verbose)
    #expect(try request("say", "-VV", "hi").verbosity == .wire)
    #expect(try request("say", "-VVq", "hi").verbosity == .quiet)
  }

  @Test(arguments: [
    (TextSource.words("Hello."), Endpoint.tts),
    (.words(String(repeating: "word ", count: 500)), .stream), (.standardInput, .stream),
    (.files(["a"]), .stream),
  ])
  func `a short text that is known goes as one request`(source: TextSource, endpoint: Endpoint) {
    var request = SpeechRequest(source: source)
    request.engine = .kugel
    #expect(RemoteSource.endpoint(for: request) == endpoint)
    request.engine = .elevenlabs
    #expect(RemoteSource.endpoint(for: request) == endpoint)
  }
}
