import FoundationEssentials
import Testing

@testable import KugelServiceCore
@testable import KugelText
@testable import KugelWire

/// A service with two voices, one key or none, and its dictionaries.
private struct APIBench {
  var api: ServiceAPI
  var dictionaries = DictionaryStore()
  var situation = ServiceAPI.Situation(isReady: true, engine: "tone", metrics: "m 1\n", now: 0)

  init(keys: [String] = [], origins: [String] = [], hosts: HostNames? = nil) {
    let voices = (1...30).map { id in
      ListedVoice(
        id: id, handle: "voice-\(id)", name: "V\(id)", description: "d",
        sex: id == 1 ? .female : nil, languages: id.isMultiple(of: 3) ? ["de"] : ["en"],
        engineVoice: id)
    }
    api = ServiceAPI(
      voices: ListedVoices(voices),
      access: AccessControl(keys: keys, allowedOrigins: origins, hosts: hosts))
  }

  mutating func ask(
    _ method: String, _ target: String, _ body: String = "", headers: [String: String] = [:]
  ) -> APIResponse {
    switch reply(method, target, body, headers: headers) {
    case .answer(let answer): answer
    case .speak(_, let head, _): head
    case .context(let call): call.head
    }
  }

  mutating func reply(
    _ method: String, _ target: String, _ body: String = "", headers: [String: String] = [:]
  ) -> ServiceAPI.Reply {
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    let items = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { item in
      let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (name: String(pair[0]), value: pair.count > 1 ? String(pair[1]) : "")
    }
    return api.reply(
      to: APIRequest(
        method, parts[0], query: QueryItems(items), headers: headers, body: Array(body.utf8)),
      dictionaries: &dictionaries, in: situation)
  }
}

private func body(_ answer: APIResponse) -> String {
  String(decoding: answer.body, as: UTF8.self)
}

private struct Listing: Decodable {
  struct Voice: Decodable { var id: Int }
  var voices: [Voice]
  var total: Int
  var limit: Int
  var offset: Int
}

@Suite struct ServiceAPITests {
  @Test func `health and readiness tell themselves apart`() {
    var bench = APIBench(keys: ["k"])
    #expect(body(bench.ask("GET", "/health")) == #"{"status":"healthy"}"#)
    #expect(
      body(bench.ask("GET", "/ready"))
        == #"{"status":"ready","model_path":"tone","multi_model":false}"#)
    bench.situation.isReady = false
    let ready = bench.ask("GET", "/ready")
    #expect(ready.status == 503)
    #expect(body(ready).contains("not_ready"))
    #expect(bench.ask("GET", "/health").status == 200)
  }

  @Test func `a text is answered as it would be said`() {
    var bench = APIBench()
    bench.situation.time = { work in
      work()
      return 1.5
    }
    #expect(
      body(bench.ask("POST", "/v1/normalize", #"{"text":"3 items for $5","language":"en"}"#))
        == #"{"text":"three items for five dollars","language":"en","time_ms":1.5}"#)
    #expect(body(bench.ask("POST", "/v1/normalize", #"{"text":"$5"}"#)).contains("five dollars"))
    #expect(
      body(bench.ask("POST", "/v1/normalize", #"{"text":"5 €","language":"sv"}"#))
        .contains(#""text":"5 €","language":"sv""#))
    for request in [
      "{}", #"{"text":" "}"#, #"{"text":"a","language":"en-US"}"#, #"{"text":1}"#, "",
      #"{"text":"\#(String(repeating: "a", count: 10_001))"}"#,
    ] {
      #expect(bench.ask("POST", "/v1/normalize", request).status == 400, "\(request.prefix(40))")
    }
    #expect(bench.ask("GET", "/v1/normalize").status == 405)
    var locked = APIBench(keys: ["k"])
    #expect(locked.ask("POST", "/v1/normalize", #"{"text":"a"}"#).status == 401)
  }

  @Test func `models are public and say what they take`() {
    var bench = APIBench(keys: ["k"])
    let text = body(bench.ask("GET", "/v1/models"))
    #expect(text.contains(#""id":"kugel-3.5","model_id":"kugel-3.5""#))
    #expect(text.contains(#""max_input_length":10000,"sample_rate":24000"#))
  }

  @Test(arguments: [
    ("/v1/voices", 20, 1, 30), ("/v1/voices?limit=100", 30, 1, 30),
    ("/v1/voices?limit=2&offset=29", 1, 30, 30), ("/v1/voices?offset=99", 0, nil, 30),
    ("/v1/voices?language=de&limit=3", 3, 3, 10), ("/v1/voices?include_public=false", 0, nil, 0),
    ("/v1/voices?category=cloned", 0, nil, 0), ("/v1/voices?category=premade&limit=1", 1, 1, 30),
  ])
  func `voices come in pages and by filter`(
    target: String, count: Int, first: Int?, total: Int
  ) throws {
    var bench = APIBench()
    let answer = bench.ask("GET", target)
    let listing = try JSONDecoder().decode(Listing.self, from: Data(answer.body))
    #expect(listing.voices.count == count)
    #expect(listing.voices.first?.id == first)
    #expect(listing.total == total)
  }

  @Test(arguments: [
    "/v1/voices?limit=0", "/v1/voices?limit=101", "/v1/voices?limit=x", "/v1/voices?offset=-1",
    "/v1/voices?include_public=perhaps",
  ])
  func `a page that cannot be is a validation error`(target: String) {
    var bench = APIBench()
    #expect(bench.ask("GET", target).status == 400)
  }

  @Test func `a voice is found by number and handle`() {
    var bench = APIBench()
    let text = body(bench.ask("GET", "/v1/voices/1"))
    #expect(
      text.hasPrefix(#"{"id":1,"voice_id":1,"handle":"voice-1","public_id":null,"name":"V1""#))
    #expect(text.contains(#""category":"premade","sex":"female","age":null,"quality":"mid""#))
    #expect(text.contains(#""supported_languages":["en"]"#))
    #expect(text.contains(#""generative_voice_description":"""#))
    #expect(body(bench.ask("GET", "/v1/voices/Voice-2")).contains(#""sex":"neutral""#))
    let missing = bench.ask("GET", "/v1/voices/99")
    #expect(missing.status == 404)
    #expect(
      body(missing) == #"{"error":"Voice not found","error_code":"NOT_FOUND","code":404}"#)
  }

  @Test(arguments: [
    ("POST", "/v1/voices"), ("PATCH", "/v1/voices/1"), ("DELETE", "/v1/voices/1"),
    ("GET", "/v1/voices/1/references"), ("DELETE", "/v1/voices/1/references/2"),
    ("POST", "/v1/voices/1/publish"), ("POST", "/v1/voices/1/generate-sample"),
  ])
  func `voices are not managed here`(method: String, path: String) {
    var bench = APIBench()
    let answer = bench.ask(method, path, "{}")
    #expect(answer.status == 501)
    #expect(body(answer).contains("VALIDATION_ERROR"))
  }

  @Test(arguments: [
    ("GET", "/nothing", 404), ("GET", "/v1/usage", 404), ("GET", "/v1/dictionaries/x", 404),
    ("POST", "/health", 405), ("PUT", "/v1/voices", 405), ("GET", "/v1/tts/generate", 405),
    ("GET", "/ws/tts", 426), ("GET", "/", 404), ("HEAD", "/health", 200),
    ("POST", "/v1/sdk-diagnostics", 202),
  ])
  func `paths and methods that mean nothing are told so`(
    method: String, path: String, status: Int
  ) {
    var bench = APIBench()
    let answer = bench.ask(method, path)
    #expect(answer.status == status)
    if status == 405 { #expect(answer.header("allow") != nil) }
  }

  @Test(arguments: [
    ("GET", "/health", true), ("GET", "/ready", true), ("GET", "/v1/models", true),
    ("POST", "/v1/sdk-diagnostics", true), ("GET", "/v1/voices", false), ("GET", "/metrics", false),
    ("POST", "/v1/tts/generate", false), ("GET", "/v1/dictionaries", false),
  ])
  func `a key is asked for where there is something to take`(
    method: String, path: String, isPublic: Bool
  ) {
    var bench = APIBench(keys: ["secret"])
    let answer = bench.ask(method, path)
    #expect((answer.status != 401) == isPublic)
    if !isPublic {
      #expect(
        body(answer) == #"{"error":"Invalid API key","error_code":"UNAUTHORIZED","code":401}"#)
    }
    #expect(bench.ask(method, path, headers: ["x-api-key": "secret"]).status != 401)
  }

  @Test func `pages that are not allowed are refused everywhere, those that are get their headers`()
  {
    var closed = APIBench()
    #expect(closed.ask("GET", "/health", headers: ["origin": "https://a.example"]).status == 403)
    var open = APIBench(origins: ["https://a.example"])
    let answer = open.ask("GET", "/health", headers: ["origin": "https://a.example"])
    #expect(answer.status == 200)
    #expect(answer.header("access-control-allow-origin") == "https://a.example")
    let preflight = open.ask("OPTIONS", "/v1/voices", headers: ["origin": "https://a.example"])
    #expect(preflight.status == 204)
    #expect(preflight.header("access-control-allow-methods") == "GET, POST")
  }

  @Test func `who calls it by another's name is refused, but for what load balancers ask`() {
    var bench = APIBench(hosts: HostNames(listening: "127.0.0.1"))
    for (path, status) in [
      ("/health", 200), ("/ready", 200), ("/v1/models", 403), ("/v1/voices", 403),
      ("/metrics", 403), ("/nowhere", 403),
    ] {
      #expect(bench.ask("GET", path, headers: ["host": "evil.example:8000"]).status == status)
    }
    #expect(bench.ask("GET", "/v1/voices", headers: ["host": "127.0.0.1:8000"]).status == 200)
    #expect(bench.ask("GET", "/v1/voices").status == 200)
  }

  @Test(
    arguments: [
      ("POST", "/v1/tts/generate", [:], 401), ("POST", "/v1/tts/generate", ["x-api-key": "k"], nil),
      ("POST", "/nowhere", [:], 404), ("PUT", "/v1/voices", [:], 405),
      ("POST", "/v1/sdk-diagnostics", [:], nil), ("OPTIONS", "/v1/voices", [:], nil),
      ("POST", "/v1/tts/generate", ["x-api-key": "k", "origin": "https://evil.example"], 403),
    ] as [(String, String, [String: String], Int?)])
  func `a head says already what no body can mend`(
    method: String, path: String, headers: [String: String], status: Int?
  ) {
    let bench = APIBench(keys: ["k"])
    let refusal = bench.api.refusal(of: APIRequest(method, path, headers: headers))
    #expect(refusal?.status == status)
  }

  @Test(arguments: [
    ("GET", "/v1/dictionaries", false), ("HEAD", "/v1/dictionaries/1", false),
    ("OPTIONS", "/v1/dictionaries", false), ("POST", "/v1/dictionaries", true),
    ("PATCH", "/v1/dictionaries/1", true), ("PUT", "/v1/dictionaries/1/entries", true),
    ("DELETE", "/v1/dictionaries/1/entries/2", true), ("POST", "/v1/tts/generate", false),
  ])
  func `what may change dictionaries is known beforehand`(
    method: String, path: String, changes: Bool
  ) {
    #expect(APIBench().api.changesDictionaries(APIRequest(method, path)) == changes)
  }

  @Test func `metrics are text`() {
    var bench = APIBench()
    let answer = bench.ask("GET", "/metrics")
    #expect(answer.header("content-type")?.hasPrefix("text/plain; version=0.0.4") == true)
    #expect(body(answer) == "m 1\n")
  }
}

@Suite struct GenerateTests {
  @Test(arguments: ["/v1/tts/generate", "/predict"])
  func `a good request is spoken, with the form of the audio in the head`(path: String) {
    var bench = APIBench()
    let body = #"{"text":"Hi","voice_id":1,"output_format":"alaw_8000","sample_rate":24000}"#
    guard case .speak(let frame, let head, _) = bench.reply("POST", path, body) else {
      Issue.record("not spoken")
      return
    }
    #expect(frame.text == "Hi")
    #expect(frame.settings.voice == .id(1))
    #expect(head.header("content-type") == "audio/basic")
    #expect(head.header("x-sample-rate") == "8000")
    #expect(head.header("x-audio-format") == "alaw")
    #expect(head.header("x-kugelaudio-ai-generated") == "true")
    let plain = bench.ask("POST", path, #"{"text":"Hi","voice_id":1}"#)
    #expect(plain.header("content-type") == "audio/pcm")
    #expect(plain.header("x-sample-rate") == "24000")
    #expect(plain.header("x-audio-format") == "pcm_s16le")
  }

  @Test(arguments: [
    #"{"text":"Hi","voice_id":1,"word_timestamps":true}"#,
    #"{"text":"Hi","voice_id":1,"speaker_prefix":true}"#, #"{"text":"Hi","flavour":1}"#,
    #"{"text":"","voice_id":1}"#, #"{"voice_id":1}"#, "no json", "[]",
    #"{"text":"Hi","voice_id":1,"speed":2}"#,
    #"{"text":"Hi","voice_id":1,"output_format":"pcm_16000","sample_rate":8000}"#,
    #"{"text":"Hi","voice_id":1,"model":"kugel-3","model_id":"kugel-3"}"#,
  ])
  func `what is wrong or unknown is refused`(body: String) {
    var bench = APIBench()
    let answer = bench.ask("POST", "/v1/tts/generate", body)
    #expect(answer.status == 400)
    #expect(String(decoding: answer.body, as: UTF8.self).contains("VALIDATION_ERROR"))
  }
}

@Suite struct DictionaryAPITests {
  @Test func `a dictionary lives from its creation to its deletion`() {
    var bench = APIBench()
    let made = bench.ask("POST", "/v1/dictionaries", #"{"name":"n","language":"de"}"#)
    #expect(made.status == 201)
    #expect(
      body(made)
        == #"{"id":1,"project_id":1,"name":"n","description":null,"language":"de","is_active":true,"#
        + #""created_at":"1970-01-01T00:00:00Z","updated_at":"1970-01-01T00:00:00Z"}"#)
    #expect(body(bench.ask("GET", "/v1/dictionaries")) == #"{"dictionaries":["# + body(made) + "]}")
    #expect(body(bench.ask("GET", "/v1/dictionaries?project_id=2")) == #"{"dictionaries":[]}"#)
    #expect(body(bench.ask("GET", "/v1/dictionaries/1")) == body(made))
    #expect(
      body(bench.ask("PATCH", "/v1/dictionaries/1", #"{"is_active":false}"#))
        .contains(#""is_active":false"#))
    #expect(body(bench.ask("DELETE", "/v1/dictionaries/1")) == #"{"deleted":true}"#)
    let gone = bench.ask("GET", "/v1/dictionaries/1")
    #expect(gone.status == 404)
    #expect(body(gone).contains("Dictionary not found"))
  }

  @Test func `entries are added, searched, changed, replaced and deleted`() {
    var bench = APIBench()
    _ = bench.ask("POST", "/v1/dictionaries", #"{"name":"n"}"#)
    let path = "/v1/dictionaries/1/entries"
    for word in ["Alpha", "beta", "alphabet"] {
      let made = bench.ask("POST", path, #"{"word":"\#(word)","replacement":"x"}"#)
      #expect(made.status == 201)
    }
    let found = body(bench.ask("GET", path + "?search=ALPHA&limit=1"))
    #expect(found.hasSuffix(#""total":2,"limit":1,"offset":0}"#))
    #expect(
      found.hasPrefix(
        #"{"entries":[{"id":1,"dictionary_id":1,"word":"Alpha","replacement":"x","ipa":null,"#
          + #""case_sensitive":false"#))
    #expect(bench.ask("GET", path + "?limit=501").status == 400)
    #expect(
      body(bench.ask("PATCH", path + "/2", #"{"ipa":"b"}"#)).contains(#""ipa":"b""#))
    #expect(
      body(
        bench.ask(
          "PUT", path, #"{"entries":[{"word":"beta","replacement":"y"},{"word":"g","ipa":"g"}]}"#))
        == #"{"upserted":2,"deleted":2,"total":2}"#)
    #expect(bench.ask("PUT", path, "{}").status == 400)
    #expect(body(bench.ask("DELETE", path + "/2")) == #"{"deleted":true}"#)
    #expect(body(bench.ask("DELETE", path + "/2")).contains("Entry not found"))
    #expect(bench.ask("POST", path, #"{"word":1}"#).status == 400)
  }
}
