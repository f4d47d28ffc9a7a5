import KugelText
import KugelWire

/// One `--set KEY=VALUE`, checked.
package struct EngineSetting: Equatable, Sendable {
  package var key: Key
  private var settings = TurnSettings()

  package init(_ text: String) throws(BadValue) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let key = Key(rawValue: String(parts[0])) else {
      let name = parts.first.map(String.init) ?? ""
      let known = Key.allCases.map(\.rawValue)
      throw BadValue(
        expected: "KEY=VALUE with one of the keys \(known.joined(separator: ", "))",
        hint: nearest(to: name, in: known, limit: 1).first.map { "Did you mean \($0)?" })
    }
    self.key = key
    guard key.set(String(parts[1]), in: &settings) else {
      throw BadValue(expected: "\(key.rawValue)=\(key.values)")
    }
  }

  package func apply(to settings: inout TurnSettings) { settings.merge(self.settings) }

  /// Source: protocol notes, sections 4.2 and 5.3; ElevenLabs notes, sections 5.1 and 7.1.
  package enum Key: String, CaseIterable, Sendable {
    case pitch
    case cfgScale = "cfg_scale"
    case temperature
    case maxNewTokens = "max_new_tokens"
    case sampleRate = "sample_rate"
    case outputFormat = "output_format"
    case wordTimestamps = "word_timestamps"
    case normalize
    case projectID = "project_id"
    case dictionaryIDs = "dictionary_ids"
    case flushTimeout = "flush_timeout_ms"
    case maxBufferLength = "max_buffer_length"
    case chunkLengthSchedule = "chunk_length_schedule"
    case autoMode = "auto_mode"
    case speakerPrefix = "speaker_prefix"
    case optimizeStreamingLatency = "optimize_streaming_latency"
    case diffusionSteps = "num_diffusion_steps"
    case stability
    case similarityBoost = "similarity_boost"
    case style
    case speakerBoost = "use_speaker_boost"
    case readsMarkup = "enable_ssml_parsing"

    package static var choices: [Choice] {
      allCases.map { Choice($0.rawValue + "=", rest: $0.placeholder, $0.meaning) }
    }
  }
}

extension EngineSetting.Key {
  fileprivate var isElevenLabsOnly: Bool {
    switch self {
    case .stability, .similarityBoost, .style, .speakerBoost, .readsMarkup: true
    default: false
    }
  }
}

extension EngineName {
  /// What `--set` means to it.
  package var settings: [EngineSetting.Key] {
    switch self {
    case .kugel: EngineSetting.Key.allCases.filter { !$0.isElevenLabsOnly }
    case .elevenlabs:
      EngineSetting.Key.allCases.filter(\.isElevenLabsOnly)
        + [.outputFormat, .normalize, .chunkLengthSchedule, .autoMode]
    case .espeak: [.pitch]
    case .tone: []
    }
  }
}
