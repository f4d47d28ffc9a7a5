import Testing

@testable import KugelPiper

@Suite struct DescriptionTests {
  @Test func `what a voice is asked with is read`() throws {
    let more =
      #""inference": {"noise_scale": 0.5, "length_scale": 1.2, "noise_w": 0.3}, "language": {"code": "de_DE"},"#
    let read = try PiperDescription(json: Array(description("de", speakers: 3, more: more).utf8))
    #expect(read.rate == 16_000 && read.espeakVoice == "de" && read.language == "de-de")
    #expect(read.noiseScale == 0.5 && read.lengthScale == 1.2 && read.noiseWidth == 0.3)
    #expect(read.speakers == 3 && read.speakerNames["p2"] == 2 && read.ids["^"] == [1])
    let usual = try PiperDescription(json: Array(description().utf8))
    #expect(usual.noiseScale == 0.667 && usual.lengthScale == 1 && usual.noiseWidth == 0.8)
  }

  @Test(arguments: [
    ("", "JSON"), ("[]", "expected"), ("{", "JSON"),
    (#"{"audio": {}, "espeak": {"voice": "en"}, "phoneme_id_map": {}}"#, "audio.sample_rate"),
    (#"{"audio": {"sample_rate": 1}, "espeak": {"voice": "en"}, "phoneme_id_map": {}}"#, "1 Hz"),
    (#"{"audio": {"sample_rate": "x"}, "espeak": {"voice": "en"}, "phoneme_id_map": {}}"#, "audio"),
    (
      #"{"audio": {"sample_rate": 16000}, "espeak": {"voice": "en"}, "phoneme_id_map": {}}"#,
      "no ids for"
    ),
    (
      #"{"audio": {"sample_rate": 16000}, "espeak": {"voice": "en"}, "phoneme_id_map": {"a": [-1]}}"#,
      "an id that no model"
    ),
    (
      #"{"phoneme_type": "text", "audio": {"sample_rate": 16000}, "espeak": {"voice": "en"}, "phoneme_id_map": {}}"#,
      "type text"
    ),
    (
      #"{"num_speakers": 9999999, "audio": {"sample_rate": 16000}, "espeak": {"voice": "en"}, "phoneme_id_map": {}}"#,
      "9999999 speakers"
    ),
  ])
  func `what is wrong with one is said`(json: String, cause: String) {
    do throws(PiperFileError) {
      _ = try PiperDescription(json: Array(json.utf8))
      Issue.record("taken: \(json)")
    } catch {
      #expect(error.cause.contains(cause), "\(error.cause)")
    }
  }

  @Test(arguments: [
    ("Load model failed: no such op\nat a place", "Load model failed: no such op"),
    (
      "Running X. Status Message: /onnxruntime_src/onnxruntime/core/a.cc:360 void* onnx::Arena::All(size_t, bool) "
        + "Failed to allocate memory for a buffer of size 5",
      "Running X. Status Message: "
        + "Failed to allocate memory for a buffer of size 5"
    ), ("/onnxruntime_src/onnxruntime/a.cc:1 f() Integer overflow\n", "Integer overflow"),
    ("", "it failed"),
  ])
  func `what the library says is told without its own source`(said: String, told: String) {
    #expect(OnnxComplaint.shown(said) == told)
  }

  @Test func `what is kept prepared is read as it was written, and nothing else`() throws {
    var plan = PreparedPlan(try GraphCut(TinyModel(speakers: 2, hasFlow: true).file))
    (plan.front.stamp, plan.framesPerID) = ("1000 1.2 3.4", 2.25)
    plan.encoder?.stamp = "4000 1.2 3.4"
    plan.flow?.stamp = "3000 1.2 3.4"
    plan.vocoder?.stamp = "2000 1.2 3.4"
    plan.model = "/voices/a = b/x.onnx"
    #expect(PreparedPlan(text: plan.text) == plan)
    let lines = plan.text.split(separator: "\n").map(String.init)
    for index in lines.indices {
      var damaged = lines
      damaged.remove(at: index)
      #expect(PreparedPlan(text: damaged.joined(separator: "\n") + "\n") == nil)
    }
    #expect(PreparedPlan(text: String(plan.text.dropLast())) == nil)
    #expect(PreparedPlan(text: plan.text.replacing("format = 3", with: "format = 2")) == nil)
    #expect(PreparedPlan(text: "") == nil)
  }

  @Test(arguments: [
    ("ID=debian\nVERSION_ID=\"12\"\n", "pip"), ("ID=debian\nVERSION_ID=\"13\"\n", "apt"),
    ("ID=ubuntu\nVERSION_ID=\"25.10\"\nID_LIKE=debian\n", "apt"),
    ("ID=ubuntu\nVERSION_ID=\"24.04\"\nID_LIKE=debian\n", "pip"), ("ID=fedora\n", "dnf"),
    ("ID=arch\n", "pacman"), ("ID=manjaro\nID_LIKE=arch\n", "pacman"), ("", "pip"),
  ])
  func `the line that installs the library is that of the system`(release: String, tool: String) {
    #expect(RuntimePlaces.installing(osRelease: release).contains(tool + " "))
  }

  @Test func `a card tells the licence`() {
    #expect(ModelCard.licence(in: "# Model\n* License: CC0\n") == "CC0")
    #expect(ModelCard.licence(in: "**License:** MIT\n") == "MIT")
    #expect(ModelCard.licence(in: "# Model\n* Dataset: x\n") == nil)
  }

  @Test func `a name tells language, region, name and quality`() throws {
    let parts = try #require(PiperVoice.parts(of: "en_US-hfc_female-medium"))
    #expect(parts == ("en", "US", "hfc_female", "medium"))
    #expect(PiperVoice.parts(of: "my voice") == nil && PiperVoice.parts(of: "a-b-c") == nil)
  }
}
