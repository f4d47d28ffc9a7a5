import KugelWire
import Testing

struct RequestValidatorTests {
  private func settings(_ change: (inout TurnSettings) -> Void) -> TurnSettings {
    var settings = TurnSettings()
    change(&settings)
    return settings
  }

  private func flaw(_ change: (inout TurnSettings) -> Void) -> String? {
    do throws(ServiceError) {
      _ = try RequestValidator.check(settings(change))
      return nil
    } catch {
      #expect(error.name == "VALIDATION_ERROR" && error.code == 400)
      return error.message
    }
  }

  @Test func `cfg_scale is clamped, never refused`() throws {
    for (given, effective) in [(0.0, 1.2), (2.0, 2.0), (99.0, 2.5), (-5.0, 1.2)] {
      #expect(try RequestValidator.check(settings { $0.cfgScale = given }).cfgScale == effective)
    }
  }

  @Test func `ranges hold, ends included`() {
    for speed in [0.8, 1.0, 1.2] { #expect(flaw { $0.speed = speed } == nil) }
    for speed in [0.79, 1.21, .nan] {
      #expect(flaw { $0.speed = speed } == "speed must be between 0.8 and 1.2")
    }
    #expect(flaw { $0.temperature = 1 } == nil)
    #expect(flaw { $0.temperature = 1.01 } == "temperature must be between 0.0 and 1.0")
    #expect(flaw { $0.maxNewTokens = 2048 } == nil)
    #expect(flaw { $0.maxNewTokens = 0 } == "max_new_tokens must be between 1 and 2048")
    #expect(flaw { $0.maxBufferLength = 0 } == "max_buffer_length must be at least 1")
    #expect(flaw { $0.flushTimeoutMilliseconds = -1 } == "flush_timeout_ms must be at least 0")
    #expect(flaw { $0.inactivityTimeoutSeconds = -1 } == "inactivity_timeout must be at least 0.0")
    #expect(flaw { $0.pitch = 101 } == "pitch must be between 0 and 100")
  }

  @Test func `languages are the 39, without a country`() {
    #expect(LanguageCode.allCases.count == 39)
    #expect(flaw { $0.language = "yue" } == nil)
    #expect(flaw { $0.language = "de-DE" }?.hasPrefix("language must be one of ar, bg") == true)
  }

  @Test func `a format's token decides, and 24000 beside it means nothing`() throws {
    #expect(flaw { $0.sampleRate = 44_100 } == nil)
    #expect(
      flaw { $0.sampleRate = 48_000 }
        == "sample_rate must be one of 8000, 16000, 22050, 24000, 44100")
    #expect(
      flaw { ($0.outputFormat, $0.sampleRate) = (.ulaw8000, 16_000) }
        == "sample_rate 16000 contradicts output_format ulaw_8000")
    let sent = settings { ($0.outputFormat, $0.sampleRate) = (.alaw8000, 24_000) }
    #expect(try RequestValidator.check(sent).delivery == (.alaw, 8000))
    #expect(settings { $0.sampleRate = 16_000 }.delivery == (.pcm16, 16_000))
    #expect(TurnSettings().delivery == (.pcm16, 24_000))
  }

  @Test func `dictionaries need their project`() throws {
    #expect(flaw { $0.dictionaryIDs = [] } == nil)
    #expect(flaw { $0.dictionaryIDs = [1] } == "dictionary_ids requires project_id")
    #expect(flaw { ($0.dictionaryIDs, $0.projectID) = ([1], 2) } == nil)
    var limits = RequestLimits()
    limits.projectDefault = 4
    let named = settings { ($0.dictionaryIDs, $0.projectID) = ([1], 2) }
    #expect(try RequestValidator.check(named, limits: limits).projectID == 2)
    let unnamed = settings { $0.dictionaryIDs = [1] }
    #expect(try RequestValidator.check(unnamed, limits: limits).projectID == 4)
    #expect(
      flaw { ($0.dictionaryIDs, $0.projectID) = (Array(0...50), 2) }
        == "dictionary_ids must be at most 50 entries")
  }

  @Test func `models old and new are known, others are not`() {
    for model in ["kugel-3.5", "kugel-1-turbo"] { #expect(flaw { $0.model = model } == nil) }
    #expect(flaw { $0.model = "gpt" } == "Unknown model_id: gpt")
  }

  @Test func `a schedule is never refused`() throws {
    let odd = settings { $0.chunkLengthSchedule = [-5, 80] }
    #expect(try RequestValidator.check(odd).chunkLengthSchedule == [0, 80])
  }

  @Test func `a text has something in it, and not too much`() throws {
    for blank in [nil, "", " \n\t"] {
      #expect(throws: ServiceError.textRequired) { try RequestValidator.check(text: blank) }
    }
    #expect(try RequestValidator.check(text: " a ") == " a ")
    try RequestValidator.check(characters: 10_000)
    #expect(throws: ServiceError.self) { try RequestValidator.check(characters: 10_001) }
    #expect(throws: ServiceError.self) { try RequestValidator.check(characters: 9, limit: 8) }
  }

  @Test func `updates are checked in their own words`() throws {
    var update = SettingsUpdate()
    #expect(throws: ServiceError.self) { try RequestValidator.check(update) }
    update.cfgScale = 9
    #expect(try RequestValidator.check(update).cfgScale == 2.5)
    update.cfgScale = 99
    #expect(
      throws: ServiceError.invalidUpdate("cfg_scale must be between 0.0 and 10.0")
    ) { try RequestValidator.check(update) }
    update.forbidden = ["voice_id"]
    #expect(throws: ServiceError.invalidUpdate("voice_id")) {
      try RequestValidator.check(update)
    }
  }
}
