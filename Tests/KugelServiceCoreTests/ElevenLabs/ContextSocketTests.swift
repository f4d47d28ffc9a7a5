import Testing

@testable import KugelServiceCore
@testable import KugelText
@testable import KugelWire

/// One socket of contexts, told in short words what is said over it.
private struct SocketBench {
  var socket: ContextSocket
  var jobs: [SynthesisJob] = []
  var now: ContinuousClock.Instant

  init(
    isMulti: Bool = false, autoMode: Bool? = nil, voice: VoiceReference = .id(7),
    isAdmitted: Bool? = true
  ) {
    let start = ContinuousClock.now
    let profile = ServiceProfile { $0 == .id(7) ? 1 : nil }
    var settings = TurnSettings()
    (settings.voice, settings.autoMode) = (voice, autoMode)
    socket = ContextSocket(
      profile: profile,
      request: ContextSocket.Request(isMulti: isMulti, settings: settings, isAdmitted: isAdmitted),
      admits: { $0 == "good" }, at: start)
    now = start
  }

  mutating func send(_ json: String) -> [String] {
    do throws(ServiceError) {
      let frame = try ElevenLabsCodec.decodeClientFrame(Array(json.utf8))
      return take(socket.receive(.frame(frame), at: now))
    } catch {
      return take(socket.receive(.unreadable(error), at: now))
    }
  }

  mutating func wait(_ duration: Duration) -> [String] {
    now += duration
    return take(socket.receive(.tick, at: now))
  }

  /// The oldest job is done.
  mutating func speak() -> [String] {
    let job = jobs.removeFirst()
    let word = WordTime(
      word: job.utterance.text, startMilliseconds: 0, endMilliseconds: 10, characterStart: 0,
      characterEnd: job.utterance.text.unicodeScalars.count)
    let news: [EngineNews] = [
      .started, .samples([1, 2]), .samples([3]), .words([word]), .finished,
    ]
    return news.flatMap { take(socket.receive(.engine($0, job: job.id), at: now)) }
  }

  mutating func speakAll() -> [String] {
    var told: [String] = []
    while !jobs.isEmpty { told += speak() }
    return told
  }

  var texts: [String] { jobs.map { ($0.context.map { "\($0): " } ?? "") + $0.utterance.text } }

  private mutating func take(_ actions: [ServiceAction]) -> [String] {
    var told: [String] = []
    for action in actions {
      switch action {
      case .synthesise(let job): jobs.append(job)
      case .abort: jobs = []
      case .close(let code, let reason): told.append("close \(code) \(reason)")
      case .send(let frame):
        let mark = frame.context.map { "\($0) " } ?? ""
        switch frame.message {
        case .generationStarted: told.append(mark + "chunk")
        case .wordTimes(let words, _): told.append(mark + "\(words.count) words")
        case .audio(let audio): told.append(mark + "\(audio.samples.count) samples")
        case .contextClosed: told.append(mark + "final")
        case .error(let error): told.append("error " + error.name)
        default: break
        }
      default: break
      }
    }
    return told
  }
}

@Suite struct ContextSocketTests {
  private let opening = #"{"text":" ","voice_settings":null}"#

  @Test func `a text is spoken to its end, then comes the last word and the close`() {
    var bench = SocketBench()
    #expect(bench.send(opening) == [])
    #expect(bench.send(#"{"text":"Hello there. How "}"#) == [] && bench.texts == [])
    #expect(bench.send(#"{"text":"are you?"}"#) == [])
    #expect(bench.send(#"{"text":""}"#) == [] && bench.texts == ["Hello there.", "How are you?"])
    #expect(bench.speak() == ["chunk", "1 words", "2 samples", "1 samples"])
    #expect(
      bench.speak()
        == ["chunk", "1 words", "2 samples", "1 samples", "final", "close 1000 "])
    #expect(bench.send(#"{"text":"late"}"#) == [] && bench.texts == [])
  }

  @Test func `nothing is said: the last word comes all the same`() {
    var bench = SocketBench()
    #expect(bench.send(#"{"text":""}"#) == ["final", "close 1000 "])
  }

  @Test func `the schedule, a flush and an attempt speak what there is, and no word is torn`() {
    var bench = SocketBench()
    let schedule = #""generation_config":{"chunk_length_schedule":[60,100]}"#
    _ = bench.send("{\"text\":\" \",\(schedule)}")
    _ = bench.send(#"{"text":"The quick brown fox jumps over the lazy dog today and"}"#)
    #expect(bench.texts == [])
    _ = bench.send(#"{"text":" tomorr"}"#)
    #expect(bench.texts == ["The quick brown fox jumps over the lazy dog today and"])
    _ = bench.send(#"{"text":"ow, too. ","flush":true}"#)
    #expect(bench.texts.count == 2 && bench.texts[1] == "tomorrow, too.")
    _ = bench.send(#"{"text":"Not enough. ","try_trigger_generation":true}"#)
    #expect(bench.texts.count == 2)
    _ = bench.send(
      #"{"text":"But with this there is as much as an attempt wants ","try_trigger_generation":true}"#
    )
    #expect(bench.texts.count == 4)
  }

  @Test func `in auto mode each message is spoken as it comes`() {
    var bench = SocketBench(autoMode: true)
    _ = bench.send(opening)
    _ = bench.send(#"{"text":"Hel"}"#)
    _ = bench.send(#"{"text":"lo."}"#)
    #expect(bench.texts == ["Hel", "lo."])
  }

  @Test func `contexts are spoken apart, and each has its last word`() {
    var bench = SocketBench(isMulti: true)
    _ = bench.send(#"{"text":"One. ","context_id":"a"}"#)
    _ = bench.send(#"{"text":"Two. ","contextId":"b","flush":true}"#)
    _ = bench.send(#"{"context_id":"a","close_context":true}"#)
    #expect(bench.texts == ["b: Two.", "a: One."])
    #expect(bench.speak() == ["b chunk", "b 1 words", "b 2 samples", "b 1 samples"])
    #expect(bench.speak().last == "a final")
    #expect(bench.send(#"{"context_id":"b","close_context":true}"#) == ["b final"])
    #expect(bench.send(#"{"context_id":"b","close_context":true}"#) == [])
    #expect(bench.send(#"{"close_socket":true}"#) == ["close 1000 "])
  }

  @Test func `a name that is used again while it is spoken is another context`() {
    var bench = SocketBench(isMulti: true)
    _ = bench.send(#"{"text":"One. ","context_id":"a"}"#)
    _ = bench.send(#"{"context_id":"a","close_context":true}"#)
    _ = bench.send(#"{"text":"Two. ","context_id":"a","flush":true}"#)
    #expect(bench.texts == ["a: One.", "a: Two."])
    #expect(bench.speak().last == "a final")
    #expect(bench.speak().last == "a 1 samples")
    #expect(bench.send(#"{"context_id":"a","close_context":true}"#) == ["a final"])
  }

  @Test func `the sixth context ends the connection; one that only keeps alive is none`() {
    var bench = SocketBench(isMulti: true)
    #expect(bench.send(#"{"text":""}"#) == [])
    for name in 1...5 { #expect(bench.send("{\"text\":\" \",\"context_id\":\"\(name)\"}") == []) }
    let told = bench.send(#"{"text":" ","context_id":"6"}"#)
    #expect(told[0] == "error max_active_conversations")
    #expect(told[1].hasPrefix("close 1008 Maximum simultaneous contexts"))
  }

  @Test func `silence ends the connection, or the context that is silent`() {
    var bench = SocketBench()
    #expect(bench.wait(.seconds(19)) == [])
    _ = bench.send(#"{"text":" "}"#)
    #expect(bench.wait(.seconds(19)) == [])
    let told = bench.wait(.seconds(1))
    #expect(told[0] == "error input_timeout_exceeded" && told[1].hasPrefix("close 1008 Have not"))

    var multi = SocketBench(isMulti: true)
    _ = multi.send(#"{"text":"One. ","context_id":"a"}"#)
    #expect(multi.wait(.seconds(20)) == [] && multi.texts == ["a: One."])
    #expect(multi.speak().last == "a final")
    #expect(multi.socket.deadline == nil)
  }

  @Test func `a key may come with the first message`() {
    var bench = SocketBench(isAdmitted: false)
    #expect(bench.send(#"{"text":" ","xi_api_key":"good"}"#) == [])
    for message in [#"{"text":" "}"#, #"{"text":" ","xi-api-key":"bad"}"#] {
      var bench = SocketBench(isAdmitted: false)
      let told = bench.send(message)
      #expect(
        told[0] == "error "
          + (message.contains("bad") ? "invalid_api_key" : "authentication_required"))
      #expect(told[1].hasPrefix("close 1008 "))
    }
    var bearer = SocketBench(isAdmitted: false)
    #expect(bearer.send(#"{"text":" ","authorization":"Bearer good"}"#) == [])
    // One in a header that is not taken is refused before anything is said.
    var refused = SocketBench(isAdmitted: nil)
    #expect(refused.socket.deadline == refused.now)
    #expect(refused.wait(.zero)[0] == "error invalid_api_key")
  }

  @Test(arguments: [
    (#"nonsense"#, "invalid_input_message"), (#"[1]"#, "invalid_input_message"),
    (#"{"text":7}"#, "invalid_input_message"),
    (#"{"text":" ","generation_config":{"chunk_length_schedule":[700]}}"#, "invalid_input_message"),
  ])
  func `what cannot be read ends the connection`(message: String, name: String) {
    var bench = SocketBench()
    let told = bench.send(message)
    #expect(told[0] == "error " + name && told[1].hasPrefix("close 1008 Could not parse"))
  }

  @Test func `nobody of that name is there: it is told with the first message`() {
    var bench = SocketBench(voice: .handle("nope"))
    #expect(
      bench.send(opening) == [
        "error voice_id_does_not_exist",
        "close 1008 A voice with voice_id nope does not exist.",
      ])
  }

  @Test func `what KugelAudio's own socket knows ends at once`() {
    var bench = SocketBench()
    _ = bench.send(#"{"text":"One. Two. ","flush":true}"#)
    #expect(bench.send(#"{"cancel":true}"#) == ["close 1000 "] && bench.jobs == [])
  }

  @Test(arguments: [
    ("/v1/text-to-speech/7/stream-input", false),
    ("/11labs/v1/text-to-speech/7/stream-input", false),
    ("/v1/text-to-speech/7/multi-stream-input", true),
  ])
  func `its doors are at the root and under a path of its own`(path: String, isMulti: Bool) throws {
    let door = try #require(ContextDoor(path: path))
    #expect(door.isMulti == isMulti && door.voice == .id(7))
    #expect(ContextDoor(path: "/v1/text-to-speech/7/stream") == nil)
    var call = APIRequest("GET", path)
    call.query = QueryItems([
      ("model_id", "eleven_flash_v2_5"), ("output_format", "ulaw_8000"), ("language_code", "de"),
      ("inactivity_timeout", "500"), ("auto_mode", "true"), ("seed", "1"),
    ])
    let access = AccessControl(keys: ["k"])
    let request = try door.request(call, access: access)
    #expect(request.settings.outputFormat == .ulaw8000 && request.settings.language == "de")
    #expect(request.inactivity == .seconds(180) && request.settings.autoMode == true)
    #expect(request.isAdmitted == false)
    call.headers["xi-api-key"] = "k"
    #expect(try door.request(call, access: access).isAdmitted == true)
    call.headers["xi-api-key"] = "x"
    #expect(try door.request(call, access: access).isAdmitted == nil)
    call.query = QueryItems([("model_id", "eleven_v3")])
    #expect(throws: ServiceError.self) { try door.request(call, access: access) }
  }
}
