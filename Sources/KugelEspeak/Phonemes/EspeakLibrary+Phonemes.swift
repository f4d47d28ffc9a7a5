import CEspeak
import KugelEngine

extension EspeakLibrary: EspeakPhonemising {
  /// IPA, and nothing between the phonemes.
  private static let ipa: CInt = 2

  func phonemise(_ request: PhonemeRequest) throws(EspeakFailure) -> [[PhonemeClause]] {
    try withVoice(request.identifier) {
      // After a synthesis that was refused, or phonemes given up half-way, the library first says one
      // letter that it kept: this takes it away.
      _ = Self.clauses(of: [UInt8(ascii: " ")])
      return request.texts.map(Self.clauses)
    }
  }

  private static func clauses(of text: [UInt8]) -> [PhonemeClause] {
    guard !text.contains(0) else { return [] }
    var clauses: [PhonemeClause] = []
    unsafe (text + [0]).withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      var next: UnsafeRawPointer? = unsafe base
      var isLast = false
      while !isLast {
        let phonemes = unsafe espeak_TextToPhonemes(&next, CInt(espeakCHARS_UTF8), ipa)
        let end = unsafe next.map { unsafe base.distance(to: $0) }
        // It takes at least a sign in each round; one that did not would go on for ever.
        isLast = end.map { $0 <= clauses.last?.end ?? 0 } ?? true
        clauses.append(
          PhonemeClause(
            phonemes: unsafe phonemes.map { unsafe String(cString: $0) } ?? "",
            end: min(end ?? text.count, text.count), isLast: isLast))
      }
    }
    return clauses
  }
}
