import Glibc
import KugelAudio
import KugelSystem
import Synchronization

/// Hears whether English words are in a sound, by libpocketsphinx (`libpocketsphinx.so.3`) and its model of
/// American English, which are loaded when they are needed. One owner, no lock.
@safe final class WordListener {
  /// Hz of what the model was made from.
  private static let rate = 16_000
  private static let model = "/usr/share/pocketsphinx/model/en-us"

  private let library: RecogniserLibrary
  private let decoder: OpaquePointer
  /// It knows how to listen to sounds without words.
  private var hasSounds = false

  /// - Returns: nil where the library or its model is not installed.
  init?() {
    guard Self.isThere, let library = RecogniserLibrary.shared,
      let decoder = unsafe library.decoder([
        "-hmm", "\(Self.model)/en-us", "-dict", "\(Self.model)/cmudict-en-us.dict",
        // Wide: the words are known, and only whether they are there is asked.
        "-beam", "1e-100", "-wbeam", "1e-80", "-pbeam", "1e-100", "-bestpath", "no",
        // Any sound may follow any other.
        "-allphone_ci", "yes", "-pip", "1.0",
      ])
    else { return nil }
    self.library = library
    unsafe self.decoder = decoder
  }

  deinit { _ = unsafe library.free(decoder) }

  static var isThere: Bool {
    unsafe access("\(model)/cmudict-en-us.dict".nameBytes, R_OK) == 0
      && RecogniserLibrary.shared != nil
  }

  /// Whether its dictionary has a word, in small letters.
  func knows(_ word: String) -> Bool {
    guard let phones = unsafe library.lookUp(decoder, word.nameBytes) else { return false }
    unsafe Glibc.free(phones)
    return true
  }

  /// How many of the words are heard, in their order.
  ///
  /// - Parameters:
  ///   - words: that it knows.
  ///   - samples: mono.
  ///   - rate: of them, Hz.
  /// - Returns: nil when it could not listen.
  func count(of words: [String], in samples: [Int16], rate: Int) -> Int? {
    guard let sound = ready(samples, rate), expect(words.map { "[ \($0) ]" }) else { return nil }
    return listen(to: sound).map { $0.words.count }
  }

  /// How well the sound fits the words, all of them and no others, against whatever sounds of the language fit
  /// it best.
  ///
  /// - Parameters: as of `count`.
  /// - Returns: per hundredth of a second, the logarithm to the base of 1.0001 of how much more likely the words
  ///   are; the least there is where they fit nowhere, nil when it could not listen.
  func fit(of words: [String], in samples: [Int16], rate: Int) -> Double? {
    guard let sound = ready(samples, rate), !sound.isEmpty, expect(words),
      let asked = listen(to: sound), expectAnySounds(), let any = listen(to: sound)
    else { return nil }
    guard asked.words.count == words.count else { return -.infinity }
    return Double(asked.score - any.score) / (Double(sound.count) / Double(Self.rate / 100))
  }

  private func ready(_ samples: [Int16], _ rate: Int) -> [Int16]? {
    var adapter = RateAdapter(to: Self.rate)
    return adapter.convert(samples, rate: rate).map { $0 + adapter.flush() }
  }

  /// - Parameter parts: of a rule, in order.
  private func expect(_ parts: [String]) -> Bool {
    let grammar =
      "#JSGF V1.0;\ngrammar g;\npublic <s> = " + parts.joined(separator: " ") + ";\n"
    let name = "words".nameBytes
    return unsafe library.setGrammar(decoder, name, grammar.nameBytes) == 0
      && library.choose(decoder, name) == 0
  }

  private func expectAnySounds() -> Bool {
    let name = "sounds".nameBytes
    if !hasSounds { hasSounds = unsafe library.setSounds(decoder, name, nil) == 0 }
    return unsafe hasSounds && library.choose(decoder, name) == 0
  }

  /// - Parameter sound: at its own rate.
  private func listen(to sound: [Int16]) -> (words: [String], score: Int32)? {
    guard unsafe library.begin(decoder) == 0 else { return nil }
    unsafe sound.withUnsafeBufferPointer { buffer in
      _ = unsafe library.listen(decoder, buffer.baseAddress, buffer.count, 0, 1)
    }
    guard unsafe library.end(decoder) >= 0 else { return nil }
    var score: Int32 = 0
    guard let heard = unsafe library.heard(decoder, &score) else { return ([], score) }
    return unsafe (String(cString: heard).split(separator: " ").map(String.init), score)
  }
}

/// The functions of libpocketsphinx and libsphinxbase that are used.
@safe private struct RecogniserLibrary: @unchecked Sendable {
  // Unchecked because of the functions' pointer arguments; the functions themselves are constants.
  typealias Arguments = @convention(c) () -> OpaquePointer?
  typealias Parse =
    @convention(c) (
      OpaquePointer?, OpaquePointer?, Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>,
      Int32
    ) -> OpaquePointer?
  typealias SetLog = @convention(c) (OpaquePointer?) -> Void
  typealias Make = @convention(c) (OpaquePointer) -> OpaquePointer?
  typealias Step = @convention(c) (OpaquePointer) -> Int32
  typealias LookUp =
    @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> UnsafeMutablePointer<CChar>?
  typealias SetGrammar =
    @convention(c) (OpaquePointer, UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
  typealias SetGrammarFile =
    @convention(c) (OpaquePointer, UnsafePointer<CChar>, UnsafePointer<CChar>?) -> Int32
  typealias Choose = @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> Int32
  typealias Listen =
    @convention(c) (OpaquePointer, UnsafePointer<Int16>?, Int, Int32, Int32) -> Int32
  typealias Heard =
    @convention(c) (OpaquePointer, UnsafeMutablePointer<Int32>) -> UnsafePointer<CChar>?

  let arguments: Arguments
  let parse: Parse
  let make: Make
  let free: Step
  let lookUp: LookUp
  let setGrammar: SetGrammar
  let setSounds: SetGrammarFile
  let choose: Choose
  let begin: Step
  let end: Step
  let listen: Listen
  let heard: Heard

  static let shared = RecogniserLibrary()

  private init?() {
    guard let base = LoadedLibrary("libsphinxbase.so.3"),
      let library = LoadedLibrary("libpocketsphinx.so.3"),
      let setLog = unsafe base.function("err_set_logfp", as: SetLog.self),
      let parse = unsafe base.function("cmd_ln_parse_r", as: Parse.self),
      let arguments = unsafe library.function("ps_args", as: Arguments.self),
      let make = unsafe library.function("ps_init", as: Make.self),
      let free = unsafe library.function("ps_free", as: Step.self),
      let lookUp = unsafe library.function("ps_lookup_word", as: LookUp.self),
      let setGrammar = unsafe library.function("ps_set_jsgf_string", as: SetGrammar.self),
      let setSounds = unsafe library.function(
        "ps_set_allphone_file", as: SetGrammarFile.self),
      let choose = unsafe library.function("ps_set_search", as: Choose.self),
      let begin = unsafe library.function("ps_start_utt", as: Step.self),
      let end = unsafe library.function("ps_end_utt", as: Step.self),
      let listen = unsafe library.function("ps_process_raw", as: Listen.self),
      let heard = unsafe library.function("ps_get_hyp", as: Heard.self)
    else { return nil }
    setLog(nil)
    unsafe self.arguments = arguments
    unsafe self.parse = parse
    unsafe self.make = make
    unsafe self.free = free
    unsafe self.lookUp = lookUp
    unsafe self.setGrammar = setGrammar
    unsafe self.setSounds = setSounds
    unsafe self.choose = choose
    unsafe self.begin = begin
    unsafe self.end = end
    unsafe self.listen = listen
    unsafe self.heard = heard
  }

  /// Only one is made at a time: what is written of it is the whole process's in the library. So is the file
  /// that it would write to (`-logfn`): it closes that of the decoder before, whoever still writes to it.
  private static let making = Mutex(())

  /// - Parameter words: names and values of its options.
  func decoder(_ words: [String]) -> OpaquePointer? {
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) }
    defer { for index in unsafe pointers.indices { unsafe Glibc.free(pointers[index]) } }
    let count = Int32(words.count)
    var decoder: OpaquePointer?
    Self.making.withLock { _ in
      guard let options = unsafe parse(nil, arguments(), count, &pointers, 0) else { return }
      unsafe decoder = unsafe make(options)
    }
    return unsafe decoder
  }
}
