import KugelText

/// Everything a client may say about how a turn is spoken; absent fields are left as they are.
///
/// Settings are sticky for a connection: each frame's are merged over those before.
///
/// Source: protocol notes, sections 4.2 and 5.3.
package struct TurnSettings: Equatable, Sendable {
  package var voice: VoiceReference?
  package var model: String?
  package var cfgScale: Double?
  package var temperature: Double?
  package var maxNewTokens: Int?
  /// Hz.
  package var sampleRate: Int?
  package var outputFormat: OutputFormat?
  package var normalize: Bool?
  package var language: String?
  package var wordTimestamps: Bool?
  package var speed: Double?
  package var speakerPrefix: Bool?
  package var projectID: Int?
  package var dictionaryIDs: [Int]?
  package var flushTimeoutMilliseconds: Int?
  /// Characters buffered before a forced hand-over.
  package var maxBufferLength: Int?
  package var chunkLengthSchedule: [Int]?
  package var autoMode: Bool?
  /// Halves diffusion steps; newer services ignore it.
  package var optimizeStreamingLatency: Bool?
  /// Newer services ignore it.
  package var diffusionSteps: Int?
  /// How long a context may be silent before the service closes it; multi-context endpoint only.
  package var inactivityTimeoutSeconds: Double?
  /// 0...100, for engines with a pitch control. Ours: services without it ignore the field.
  package var pitch: Int?
  /// ElevenLabs only.
  package var voiceCharacter = VoiceCharacter()
  /// ElevenLabs only.
  package var hints = GenerationHints()
  /// Whether the service acts on tags in the text; ElevenLabs only, the others always do.
  package var readsMarkup: Bool?
  /// How it is to be spoken, in words; OpenAI only, as what follows.
  package var instructions: String?
  /// `audio` or `sse`.
  package var streamFormat: String?
  /// Members of the request that no other setting names.
  package var bodyMembers = BodyMembers()

  package init() {}

  package var isEmpty: Bool { self == TurnSettings() }

  /// Takes over every field that `newer` sets.
  package mutating func merge(_ newer: TurnSettings) {
    voice = newer.voice ?? voice
    model = newer.model ?? model
    cfgScale = newer.cfgScale ?? cfgScale
    temperature = newer.temperature ?? temperature
    maxNewTokens = newer.maxNewTokens ?? maxNewTokens
    sampleRate = newer.sampleRate ?? sampleRate
    outputFormat = newer.outputFormat ?? outputFormat
    normalize = newer.normalize ?? normalize
    language = newer.language ?? language
    wordTimestamps = newer.wordTimestamps ?? wordTimestamps
    speed = newer.speed ?? speed
    speakerPrefix = newer.speakerPrefix ?? speakerPrefix
    projectID = newer.projectID ?? projectID
    dictionaryIDs = newer.dictionaryIDs ?? dictionaryIDs
    flushTimeoutMilliseconds = newer.flushTimeoutMilliseconds ?? flushTimeoutMilliseconds
    maxBufferLength = newer.maxBufferLength ?? maxBufferLength
    chunkLengthSchedule = newer.chunkLengthSchedule ?? chunkLengthSchedule
    autoMode = newer.autoMode ?? autoMode
    optimizeStreamingLatency = newer.optimizeStreamingLatency ?? optimizeStreamingLatency
    diffusionSteps = newer.diffusionSteps ?? diffusionSteps
    inactivityTimeoutSeconds = newer.inactivityTimeoutSeconds ?? inactivityTimeoutSeconds
    pitch = newer.pitch ?? pitch
    voiceCharacter.merge(newer.voiceCharacter)
    hints.merge(newer.hints)
    readsMarkup = newer.readsMarkup ?? readsMarkup
    instructions = newer.instructions ?? instructions
    streamFormat = newer.streamFormat ?? streamFormat
    bodyMembers.merge(newer.bodyMembers)
  }
}
