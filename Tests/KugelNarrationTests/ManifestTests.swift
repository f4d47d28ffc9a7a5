import KugelNarration
import KugelReading
import KugelText
import Testing

private func entry(_ file: String, hash: String = "aa", bytes: Int = 10) -> ManifestEntry {
  var entry = ManifestEntry(file: file, state: .done)
  (entry.hash, entry.bytes, entry.source) = (hash, bytes, "book")
  (entry.samples, entry.rate) = (48_000, 24_000)
  entry.text = 3..<9
  entry.timeline.sentences.append(SoundTimeline.Span(text: 0..<6, samples: 0..<48_000))
  entry.timeline.words.append(SoundTimeline.Span(text: 0..<3, samples: 10..<20_000))
  return entry
}

@Suite struct ManifestTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1000),
      "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
    ),
  ])
  func `the digest is that of the standard`(text: String, digest: String) {
    #expect(SHA256.hex(text) == digest)
  }

  @Test func `a line is read as it was written`() throws {
    var told = entry("a \"b\".wav")
    told.subtitles = [.srt, .vtt]
    told.state = .doubtful
    told.doubts = [ManifestEntry.Doubt(sentence: 1, from: 0, to: 2, kinds: [.tooLong, .silence])]
    #expect(told.line.last == UInt8(ascii: "\n"))
    #expect(told.line.count { $0 == UInt8(ascii: "\n") } == 1)
    #expect(try ManifestEntry(line: Array(told.line.dropLast())) == told)
    #expect(told.duration == 2)
  }

  @Test func `the last line about a file counts`() throws {
    let lines = entry("a").line + entry("b").line + entry("a", hash: "bb").line
    let manifest = try Manifest(lines)
    #expect(manifest["a"]?.hash == "bb")
    #expect(manifest.order == ["a", "b"])
    #expect(manifest.isLong)
    #expect(manifest.files(beside: ["b"]) == ["a"])
    #expect(manifest.text(inOrderOf: ["b", "a"]) == entry("b").line + entry("a", hash: "bb").line)
  }

  @Test func `what is gone is not told of`() throws {
    let gone = ManifestEntry(file: "a", state: .gone)
    let manifest = try Manifest(entry("a").line + gone.line)
    #expect(manifest["a"] == nil)
    #expect(manifest.text(inOrderOf: ["a"]) == [])
  }

  @Test func `a torn line is none`() throws {
    let whole = entry("a").line
    for cut in 0..<whole.count {
      let manifest = try Manifest(whole + entry("b").line.prefix(cut))
      #expect(manifest.order == ["a"])
      #expect(manifest.wholeBytes == whole.count)
    }
    let zeros = [UInt8](repeating: 0, count: 40) + [UInt8(ascii: "\n")]
    #expect(try Manifest(whole + zeros).order == ["a"])
  }

  @Test func `a joined file that was begun is known as ours until it is whole`() throws {
    var begun = ManifestEntry(file: "book.m4b", state: .gone)
    (begun.source, begun.subtitles) = (ManifestEntry.joined, [.srt])
    let manifest = try Manifest(begun.line)
    #expect(manifest["book.m4b"] == nil)
    let told = try #require(manifest.entry(of: "book.m4b"))
    #expect(told.isJoined && told.state == .gone && told.subtitles == [.srt])
    #expect(try Manifest(manifest.text(inOrderOf: [])) == manifest)
  }

  @Test func `what is no manifest is told with its line`() {
    #expect(throws: ManifestError(line: 2)) {
      try Manifest(entry("a").line + Array("hello\n".utf8))
    }
  }

  @Test(
    arguments: [
      // What the manifest tells, what is there, and what is done.
      (nil, nil, ItemDecision.make(.new)), (nil, 10, .refuse(.foreign)),
      ("same", 10, .keep), ("same", nil, .make(.missing)), ("same", 11, .refuse(.altered)),
      ("other", 10, .make(.changed)), ("other", 11, .refuse(.altered)),
      ("foreign", 10, .refuse(.ofOtherSource("list"))),
    ] as [(String?, Int?, ItemDecision)])
  func `the plan never writes over what is not ours`(
    told: String?, bytes: Int?, decision: ItemDecision
  ) {
    var manifest = Manifest()
    if let told {
      var known = entry("f", hash: told)
      if told == "foreign" { known.source = "list" }
      manifest.take(known)
    }
    let plan = NarrationPlan(manifest: manifest, shard: nil, overwrites: false)
    let item = items("Hello.", .files)[0]
    let state = bytes.map { FileState.present($0) } ?? .absent
    #expect(plan.decide(item, file: "f", hash: "same", state: state) == decision)
    let forced = NarrationPlan(manifest: manifest, shard: nil, overwrites: true)
    if case .refuse = decision {
      #expect(forced.decide(item, file: "f", hash: "same", state: state) == .make(.forced))
    }
  }

  @Test func `shards share a list without rest`() throws {
    let hashes = (0..<500).map { SHA256.hex("\($0)") }
    let shards = try (1...3).map { try #require(Shard("\($0)/3")) }
    for hash in hashes { #expect(shards.count { $0.holds(hash) } == 1) }
    for shard in shards { #expect(hashes.count { shard.holds($0) } > 120) }
    #expect(["", "0/3", "4/3", "1", "1/0", "a/b", "1/2/3"].allSatisfy { Shard($0) == nil })
  }

  @Test func `the hash minds what shapes the sound, and nothing else`() {
    let plain = ContentHash.of("Hi", traits: ["voice": "a", "speed": "1"])
    #expect(plain == ContentHash.of("Hi", traits: ["speed": "1", "voice": "a"]))
    #expect(plain != ContentHash.of("Hi!", traits: ["voice": "a", "speed": "1"]))
    #expect(plain != ContentHash.of("Hi", traits: ["voice": "b", "speed": "1"]))
    #expect(
      ContentHash.of("", traits: ["a": "b\nc=d"])
        != ContentHash.of("", traits: ["a": "b", "c": "d"]))
  }

  @Test(arguments: [
    ("0.05EUR", 10_000, "0.50 EUR"), ("30", 1000, "30.00"), ("0.3 $", 12_345, "3.70 $"),
  ])
  func `a tariff is a price of 1000 characters`(text: String, count: Int, cost: String) throws {
    #expect(try #require(Tariff(text)).cost(of: count) == cost)
  }

  @Test(arguments: ["", "EUR", "-1", "1.2.3", "5 a b"])
  func `what is no tariff is none`(text: String) { #expect(Tariff(text) == nil) }
}
