import CEspeak
import Glibc
import KugelEngine
import KugelSystem
import Synchronization

/// The one libespeak-ng of the process.
///
/// It may not be entered twice at once, so every call is made under a lock, and it does not survive
/// being closed and opened again, so it stays open once it was needed. On some texts it breaks down, and
/// takes its process along.
final class EspeakLibrary: EspeakVoicing {
  static let shared = EspeakLibrary()

  /// What the library gives a rate for when it cannot be started.
  static let usualRate = 22_050
  /// The least it takes; pieces then come as short as it makes them, about 50 ms.
  private static let bufferMilliseconds: CInt = 20

  private enum Start {
    case untried
    case running(rate: Int)
    case refused(EngineError)
  }

  private struct State {
    var start = Start.untried
    var identifier: String?
    /// Before any text, and before the first with a voice.
    var memory: EspeakMemory?
    var voiceMemory: (identifier: String, memory: EspeakMemory)?
    var voices: [EspeakVoice]?
    var variants: [EspeakVariant]?
  }

  private let state = Mutex(State())

  private init() {}

  static var version: String {
    guard let version = unsafe espeak_Info(nil) else { return "unknown" }
    return unsafe String(cString: version)
  }

  var rate: Int {
    state.withLock { state in
      do throws(EngineError) { return try Self.start(&state) } catch { return Self.usualRate }
    }
  }

  func prepare() throws(EngineError) {
    _ = try state.withLock { state throws(EngineError) in try Self.start(&state) }
  }

  /// Sorted by language, the better voice first; empty when the library cannot be started.
  var voices: [EspeakVoice] {
    state.withLock { state in
      if let voices = state.voices { return voices }
      guard Self.isRunning(&state) else { return [] }
      let voices = EspeakListing.voices()
      state.voices = voices
      return voices
    }
  }

  var variants: [EspeakVariant] {
    state.withLock { state in
      if let variants = state.variants { return variants }
      guard Self.isRunning(&state) else { return [] }
      let variants = EspeakListing.variants()
      state.variants = variants
      return variants
    }
  }

  /// Has a voice ready for the next request; one that is not there is found out then.
  func load(_ identifier: String) {
    state.withLock { state in
      guard Self.isRunning(&state) else { return }
      do throws(EngineError) { try Self.choose(identifier, &state) } catch {}
    }
  }

  /// Blocks until the text is spoken or `take` has returned false.
  func speak(
    _ request: EspeakRequest, take: (EspeakSound) -> Bool
  ) throws(EspeakFailure) {
    do {
      try state.withLock { state throws(EngineError) in
        _ = try Self.start(&state)
        if request.isRepeatable {
          try Self.chooseAfresh(request.identifier, &state)
        } else {
          try Self.choose(request.identifier, &state)
        }
        let status = withoutActuallyEscaping(take) { take in
          var call = EspeakCall(take: take)
          return Self.synthesize(request, &call)
        }
        guard status == ENS_OK else {
          throw .failed(engine: EspeakEngine.name, cause: Self.message(status))
        }
      }
    } catch {
      throw .refused(error)
    }
  }

  /// Has the library to itself, with a voice chosen.
  ///
  /// - Parameter identifier: a voice's file, or a name.
  func withVoice<Result: Sendable>(
    _ identifier: String, _ body: () -> Result
  ) throws(EspeakFailure) -> Result {
    do {
      return try state.withLock { state throws(EngineError) in
        _ = try Self.start(&state)
        try Self.choose(identifier, &state)
        return body()
      }
    } catch {
      throw .refused(error)
    }
  }

  /// SSML is never asked for, and phonemes only where there are some: tags and brackets are text like any
  /// other.
  private static func synthesize(
    _ request: EspeakRequest, _ call: inout EspeakCall
  ) -> espeak_ng_STATUS {
    // The choice of a voice resets neither, so both are said every time.
    _ = espeak_SetParameter(espeakRATE, CInt(request.wordsPerMinute), 0)
    _ = espeak_SetParameter(espeakPITCH, CInt(request.pitch), 0)
    var flags = UInt32(espeakCHARS_UTF8)
    if request.endsClause { flags |= UInt32(espeakENDPAUSE) }
    if request.hasPhonemes { flags |= UInt32(espeakPHONEMES) }
    let status = unsafe request.text.withUnsafeBytes { bytes in
      unsafe withUnsafeMutablePointer(to: &call) { call in
        unsafe espeak_ng_Synthesize(
          bytes.baseAddress, bytes.count, 0, POS_CHARACTER, 0, flags, nil, call)
      }
    }
    return call.wasRefused ? ENS_OK : status
  }

  /// Chooses a voice, and has the library forget what it has spoken: where its flutter, its noise and its gain stand
  /// would otherwise depend on all of that.
  private static func chooseAfresh(
    _ identifier: String, _ state: inout State
  ) throws(EngineError) {
    if let (voice, memory) = state.voiceMemory, voice == identifier, state.identifier == voice {
      return memory.restore()
    }
    if let memory = state.memory {
      memory.restore()
      state.identifier = nil
    } else {
      try rehearse("gmw/en", &state)
      state.memory = EspeakMemory()
    }
    try rehearse(identifier, &state)
    let memory = EspeakMemory()
    memory.restore()
    state.voiceMemory = (identifier, memory)
  }

  /// Speaks a little that nobody hears, so that no choice of a voice waits to be carried out.
  private static func rehearse(_ identifier: String, _ state: inout State) throws(EngineError) {
    try choose(identifier, &state)
    var call = EspeakCall { _ in true }
    _ = synthesize(
      EspeakRequest(
        identifier: identifier, text: Array("1 a.\0".utf8), endsClause: true,
        wordsPerMinute: 175, pitch: 50), &call)
  }

  private static func choose(_ identifier: String, _ state: inout State) throws(EngineError) {
    guard state.identifier != identifier else { return }
    state.identifier = nil
    if !EspeakVoiceFile.choose(identifier) {
      let status = unsafe espeak_ng_SetVoiceByName(identifier)
      guard status == ENS_OK else {
        throw .failed(
          engine: EspeakEngine.name, cause: "voice \(identifier): \(message(status))")
      }
    }
    state.identifier = identifier
  }
}

extension EspeakLibrary {
  private static func isRunning(_ state: inout State) -> Bool {
    do throws(EngineError) { return try start(&state) > 0 } catch { return false }
  }

  /// - Returns: the sample rate.
  private static func start(_ state: inout State) throws(EngineError) -> Int {
    switch state.start {
    case .running(let rate): return rate
    case .refused(let error): throw error
    case .untried: break
    }
    // The classic espeak_Initialize prints to standard error when it fails.
    initializePath()
    var context: espeak_ng_ERROR_CONTEXT?
    var status = unsafe espeak_ng_Initialize(&context)
    unsafe espeak_ng_ClearErrorContext(&context)
    if status == ENS_OK {
      status = espeak_ng_InitializeOutput(
        ENOUTPUT_MODE_SYNCHRONOUS, bufferMilliseconds, nil)
    }
    guard status == ENS_OK else {
      let error = refusal(of: status)
      state.start = .refused(error)
      throw error
    }
    unsafe espeak_SetSynthCallback(espeakSpoke)
    let rate = Int(espeak_ng_GetSampleRate())
    state.start = .running(rate: rate)
    return rate
  }

  /// Voices that were unpacked beside the program fit it; the variable still says better. Without either
  /// the library looks where Debian has them.
  private static func initializePath() {
    let own =
      unsafe getenv("ESPEAK_DATA_PATH") == nil
      ? ProgramFolder.path(of: "espeak-ng-data").flatMap { _ in ProgramFolder.folder } : nil
    // It looks for a folder of that name in the one it is given.
    unsafe espeak_ng_InitializePath(own)
  }

  static func refusal(of status: espeak_ng_STATUS) -> EngineError {
    .unavailable(
      engine: EspeakEngine.name,
      cause: "its data could not be read (\(message(status))); install the package espeak-ng-data")
  }

  static func message(_ status: espeak_ng_STATUS) -> String {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      unsafe buffer.initialize(repeating: 0)
      unsafe espeak_ng_GetStatusCodeMessage(status, buffer.baseAddress, buffer.count)
      return unsafe buffer.baseAddress.map { unsafe String(cString: $0) } ?? ""
    }
  }
}
