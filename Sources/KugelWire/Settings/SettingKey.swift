/// Everything about how a text is spoken that somebody can set, by the name by which it is set.
///
/// `setting` is the table of what there is to know of each.
package enum SettingKey: String, CaseIterable, Sendable {
  case voice, lang, model, speed, rate, pitch, volume, pan
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
  case inactivityTimeout = "inactivity_timeout"
  case seed
  case logging = "enable_logging"
  case pronunciations = "pronunciation_dictionaries"
  case previousText = "previous_text"
  case nextText = "next_text"
  case credential
  case instructions
  case streamFormat = "stream_format"
  case body

  /// By its name or another one for it.
  package init?(named name: String) {
    let found =
      SettingKey(rawValue: name) ?? Self.allCases.first { $0.setting.aliases.contains(name) }
    guard let found else { return nil }
    self = found
  }

  /// Those that scripts give a voice or a line, the usual ones first; all but who speaks, and what all
  /// voices of a mix have in common.
  package static let ofScripts: [SettingKey] = {
    let usual: [SettingKey] = [.speed, .rate, .pitch, .volume, .lang, .pan]
    let common: [SettingKey] = [.voice, .sampleRate, .outputFormat]
    return usual + allCases.filter { !usual.contains($0) && !common.contains($0) }
  }()
  /// Those that a conversation may change between turns, or at once.
  package static let ofSession = allCases.filter { $0 != .pan }
  /// Those that `--set` takes: the rest has an option of its own, or is of scripts alone.
  package static let ofOption = ofSession.filter { $0.setting.option == nil }
}
