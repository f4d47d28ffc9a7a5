import KugelWire

extension EngineSetting.Key {
  package var meaning: String {
    switch self {
    case .pitch: "how high the voice is; 50 is its own; espeak, here or behind a service"
    case .cfgScale: "how closely the voice is kept to; 2.0"
    case .temperature: "how freely it is spoken"
    case .maxNewTokens: "bound of what the model makes of one piece of text; 2048"
    case .sampleRate: "samples a second on the wire; 24000"
    case .outputFormat: "codec and rate on the wire"
    case .wordTimestamps: "ask for the times of words"
    case .normalize: "write numbers, dates and signs out; also --normalize"
    case .projectID: "project of the dictionaries; also --project"
    case .dictionaryIDs: "these dictionaries, or none; also --dictionary"
    case .flushTimeout: "speak what has waited so long for more text; 500"
    case .maxBufferLength: "characters that may wait for a sentence's end; 10000"
    case .chunkLengthSchedule: "least characters of the first, second, … piece"
    case .autoMode: "begin at the first sentence's end"
    case .speakerPrefix: "keep the voice alike from text to text"
    case .optimizeStreamingLatency: "fewer steps, sooner sound; older services"
    case .diffusionSteps: "steps of the model; older services"
    case .stability: "how even the voice is, from 0, most varied; elevenlabs"
    case .similarityBoost: "how closely the voice is kept to; elevenlabs"
    case .style: "how much of the voice's style is brought out; elevenlabs"
    case .speakerBoost: "more likeness, at the cost of time; elevenlabs"
    case .readsMarkup: "act on `<break>`, and read the text as markup; elevenlabs"
    }
  }

  /// What a man page calls the value.
  package var placeholder: String {
    switch self {
    case .pitch, .maxNewTokens, .flushTimeout, .maxBufferLength, .diffusionSteps, .projectID: "N"
    case .cfgScale, .temperature, .stability, .similarityBoost, .style: "X"
    case .sampleRate: "HZ"
    case .outputFormat: "FORMAT"
    case .wordTimestamps, .normalize, .autoMode, .speakerPrefix, .optimizeStreamingLatency,
      .speakerBoost, .readsMarkup:
      "BOOL"
    case .dictionaryIDs, .chunkLengthSchedule: "N,N"
    }
  }

  /// What it takes, fit for "takes KEY=…".
  package var values: String {
    switch self {
    case .sampleRate: RequestValidator.sampleRates.map(\.description).joined(separator: ", ")
    case .outputFormat: OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
    case .wordTimestamps, .normalize, .autoMode, .speakerPrefix, .optimizeStreamingLatency,
      .speakerBoost, .readsMarkup:
      "true or false"
    case .dictionaryIDs:
      "numbers with commas, at most \(RequestValidator.maximumDictionaries), or nothing"
    case .chunkLengthSchedule: "numbers with commas"
    case .cfgScale, .temperature, .stability, .similarityBoost, .style:
      "\(decimals.lowerBound) to \(decimals.upperBound)"
    case .pitch, .maxNewTokens, .projectID, .flushTimeout, .maxBufferLength, .diffusionSteps:
      integers.upperBound == .max
        ? "a number from \(integers.lowerBound)"
        : "\(integers.lowerBound) to \(integers.upperBound)"
    }
  }

  private var integers: ClosedRange<Int> {
    switch self {
    case .pitch: 0...100
    case .maxNewTokens: RequestValidator.newTokens
    case .flushTimeout: 0...600_000
    case .maxBufferLength: 1...RequestValidator.maximumCharacters
    case .diffusionSteps: 1...1000
    default: 0...Int.max
    }
  }

  private var decimals: ClosedRange<Double> {
    switch self {
    case .cfgScale: RequestValidator.cfgScales
    case .stability, .similarityBoost, .style: 0...1
    default: RequestValidator.temperatures
    }
  }

  /// - Returns: whether the key takes such a value.
  package func set(_ text: String, in settings: inout TurnSettings) -> Bool {
    switch self {
    case .pitch: take(integer(text), \.pitch, &settings)
    case .cfgScale: take(decimal(text), \.cfgScale, &settings)
    case .temperature: take(decimal(text), \.temperature, &settings)
    case .maxNewTokens: take(integer(text), \.maxNewTokens, &settings)
    case .sampleRate:
      take(
        integer(text).flatMap { RequestValidator.sampleRates.contains($0) ? $0 : nil },
        \.sampleRate, &settings)
    case .outputFormat: take(OutputFormat(rawValue: text), \.outputFormat, &settings)
    case .wordTimestamps: take(truth(text), \.wordTimestamps, &settings)
    case .normalize: take(truth(text), \.normalize, &settings)
    case .projectID: take(integer(text), \.projectID, &settings)
    case .dictionaryIDs:
      take(
        list(text, mayBeEmpty: true).flatMap {
          $0.count <= RequestValidator.maximumDictionaries ? $0 : nil
        }, \.dictionaryIDs, &settings)
    case .flushTimeout: take(integer(text), \.flushTimeoutMilliseconds, &settings)
    case .maxBufferLength: take(integer(text), \.maxBufferLength, &settings)
    case .chunkLengthSchedule:
      take(list(text, mayBeEmpty: false), \.chunkLengthSchedule, &settings)
    case .autoMode: take(truth(text), \.autoMode, &settings)
    case .speakerPrefix: take(truth(text), \.speakerPrefix, &settings)
    case .optimizeStreamingLatency: take(truth(text), \.optimizeStreamingLatency, &settings)
    case .diffusionSteps: take(integer(text), \.diffusionSteps, &settings)
    case .stability: take(decimal(text), \.voiceCharacter.stability, &settings)
    case .similarityBoost: take(decimal(text), \.voiceCharacter.similarityBoost, &settings)
    case .style: take(decimal(text), \.voiceCharacter.style, &settings)
    case .speakerBoost: take(truth(text), \.voiceCharacter.speakerBoost, &settings)
    case .readsMarkup: take(truth(text), \.readsMarkup, &settings)
    }
  }

  private func take<Value>(
    _ value: Value?, _ path: WritableKeyPath<TurnSettings, Value?>, _ settings: inout TurnSettings
  ) -> Bool {
    settings[keyPath: path] = value
    return value != nil
  }

  private func integer(_ text: String) -> Int? {
    Int(text).flatMap { integers.contains($0) ? $0 : nil }
  }

  private func decimal(_ text: String) -> Double? {
    Double(text).flatMap { decimals.contains($0) ? $0 : nil }
  }

  private func truth(_ text: String) -> Bool? {
    switch text {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }

  private func list(_ text: String, mayBeEmpty: Bool) -> [Int]? {
    if text.isEmpty { return mayBeEmpty ? [] : nil }
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    return numbers.allSatisfy { $0 >= 0 } ? numbers : nil
  }
}
