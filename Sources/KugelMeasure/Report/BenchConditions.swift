/// Under which a case was measured; printed with every result, and compared before two results are.
package struct BenchConditions: Codable, Equatable, Sendable {
  package enum Place: String, Codable, Sendable {
    case inProcess = "in this process"
    case loopback
    case network
  }

  package var engine: String
  /// What tells it from another with the same engine; nil where there is none.
  package var label: String?
  package var place: Place
  /// Host and port; nil in this process. Never a key or a query.
  package var address: String?
  package var region: String?
  package var model: String?
  package var voice: String
  package var language: String?
  package var speed = 1.0
  package var pitch: Int?
  /// `short`, or a file's name.
  package var text: String
  /// Unicode scalars.
  package var characters: Int
  /// Of the text's UTF-8: FNV-1a, 64 bits, hexadecimal.
  package var textHash: String
  package var strategy: Strategy
  /// Tokens a second; nil for a strategy without a pace.
  package var pace: Double?
  package var concurrency = 1
  /// Milliseconds between the starts of turns on one connection; nil without a schedule.
  package var interval: Double?
  /// The device that played, and its cushion; nil when nothing was played.
  package var playback: String?

  package init(
    engine: String, place: Place, voice: String, textName: String, text: String, strategy: Strategy
  ) {
    self.engine = engine
    self.place = place
    self.voice = voice
    self.text = textName
    characters = text.unicodeScalars.count
    textHash = Self.hash(of: text)
    self.strategy = strategy
  }

  /// Source: FNV-1a, 64 bits.
  static func hash(of text: String) -> String {
    let value = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// What tells the cases of one run apart.
  package var name: String { "\(label ?? engine), \(strategy.rawValue)" }

  /// The parts of a heading, in order.
  ///
  /// - Parameter sampleRate: Hz; 0 when nothing was heard.
  package func heading(sampleRate: Int) -> [String] {
    var parts = ["engine \(engine)"]
    switch place {
    case .inProcess: parts.append("in this process, no network")
    case .loopback: parts.append("LOOPBACK \(address ?? "")")
    case .network: if let address { parts.append(address) }
    }
    if let model { parts.append(model) }
    parts.append("voice \(voice)")
    if let language { parts.append("language \(language)") }
    if let region { parts.append(region) }
    if speed != 1 { parts.append("speed \(speed)") }
    if let pitch { parts.append("pitch \(pitch)") }
    if sampleRate > 0 { parts.append("\(Figures.shortest(Double(sampleRate) / 1000)) kHz") }
    parts.append("text \(text) (\(characters) chars)")
    parts.append("strategy \(strategy.rawValue)")
    if let pace { parts.append("pace \(Figures.shortest(pace))/s") }
    if concurrency > 1 { parts.append("\(concurrency) connections") }
    if let interval { parts.append("a turn every \(Figures.time(interval))") }
    if let playback { parts.append("played on \(playback)") }
    return parts
  }

  /// What keeps two results from being compared, each difference in words.
  package func differences(from older: BenchConditions) -> [String] {
    func differs<Value: Equatable>(_ what: String, _ path: KeyPath<BenchConditions, Value>)
      -> String?
    {
      let (before, now) = (older[keyPath: path], self[keyPath: path])
      return before == now ? nil : "\(what): \(shown(before)) then, \(shown(now)) now"
    }
    let text =
      older.textHash == textHash
      ? nil
      : older.text == self.text
        ? "text: another text called \(self.text)" : "text: \(older.text) then, \(self.text) now"
    return [
      differs("place", \.place.rawValue), differs("engine", \.engine), differs("region", \.region),
      differs("model", \.model), differs("voice", \.voice), differs("language", \.language),
      differs("speed", \.speed), differs("pitch", \.pitch), text,
      differs("strategy", \.strategy.rawValue),
      differs("pace", \.pace), differs("connections", \.concurrency),
      differs("played on", \.playback),
    ].compactMap(\.self)
  }

  private func shown<Value>(_ value: Value) -> String {
    if let optional = value as? any OptionalValue { return optional.text ?? "none" }
    return "\(value)"
  }
}

private protocol OptionalValue { var text: String? { get } }
extension Optional: OptionalValue { fileprivate var text: String? { map { "\($0)" } } }
