/// Who speaks words of a script that is not the chosen voice's own.
///
/// A voice of espeak-ng spells letters that are foreign to it as "letter", with their number, and on
/// some mixtures of scripts the library breaks down: while it spells for a second language it may need
/// a third, and frees the second meanwhile (`TranslateLetter` and `SetTranslator2` of espeak-ng 1.51).
struct ScriptVoice {
  /// The voice's file below the library's data.
  let identifier: String
  /// The handles of all voices that read the script themselves.
  let readers: Set<String>

  private init(_ identifier: String, _ others: String...) {
    self.identifier = identifier
    readers = Set(others + [EspeakVoice.handle(of: identifier)])
  }

  /// Nil for Latin letters, which every voice reads, and for what nobody reads.
  static func of(_ script: Script) -> ScriptVoice? {
    switch script {
    case .latin, .unread: nil
    case .greek: greek
    case .cyrillic: cyrillic
    case .armenian: armenian
    case .hebrew: hebrew
    case .arabic: arabic
    case .devanagari: devanagari
    case .bengali: bengali
    case .gurmukhi: gurmukhi
    case .gujarati: gujarati
    case .oriya: oriya
    case .tamil: tamil
    case .telugu: telugu
    case .kannada: kannada
    case .malayalam: malayalam
    case .sinhala: sinhala
    case .thai: thai
    case .myanmar: myanmar
    case .georgian: georgian
    case .hangul: hangul
    case .ethiopic: ethiopic
    case .cherokee: cherokee
    case .kana: kana
    case .han: han
    }
  }

  private static let greek = ScriptVoice("grk/el", "grc")
  private static let cyrillic = ScriptVoice(
    "zle/ru", "ru-lv", "be", "uk", "bg", "mk", "sr", "ba", "cv", "kk", "ky", "nog", "tt")
  private static let armenian = ScriptVoice("ine/hy", "hyw")
  private static let hebrew = ScriptVoice("sem/he")
  private static let arabic = ScriptVoice("sem/ar", "fa", "sd", "ug", "ur")
  private static let devanagari = ScriptVoice("inc/hi", "kok", "mr", "ne")
  private static let bengali = ScriptVoice("inc/bn", "as", "bpy")
  private static let gurmukhi = ScriptVoice("inc/pa")
  private static let gujarati = ScriptVoice("inc/gu")
  private static let oriya = ScriptVoice("inc/or")
  private static let tamil = ScriptVoice("dra/ta")
  private static let telugu = ScriptVoice("dra/te")
  private static let kannada = ScriptVoice("dra/kn")
  private static let malayalam = ScriptVoice("dra/ml")
  private static let sinhala = ScriptVoice("inc/si")
  private static let thai = ScriptVoice("tai/th")
  private static let myanmar = ScriptVoice("sit/my", "shn")
  private static let georgian = ScriptVoice("ccs/ka")
  private static let hangul = ScriptVoice("ko")
  private static let ethiopic = ScriptVoice("sem/am")
  private static let cherokee = ScriptVoice("iro/chr")
  private static let kana = ScriptVoice("jpx/ja")
  private static let han = ScriptVoice("sit/cmn", "hak", "yue")
}
