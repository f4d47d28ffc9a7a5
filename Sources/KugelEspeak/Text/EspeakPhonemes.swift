import KugelText

/// The library's names of the sounds that the International Phonetic Alphabet writes.
///
/// Consonants have the same names in all languages of espeak-ng 1.51, and so have a few vowels. Sounds that
/// a language has not are said as the nearest that it has; what is no sound of any, as a mark of tone, is
/// left out.
struct EspeakPhonemes: Sendable {
  private let names: [String: String]
  /// Scalars of the longest key.
  private static let longest = 3

  /// - Parameter handle: the voice's, such as `en-us`.
  init(handle: String) {
    let language = String(handle.prefix { $0 != "-" })
    var names = Self.common
    if let own = Self.own[language] {
      for table in [Self.open, own] { names.merge(table) { _, own in own } }
    }
    if handle == "en-us" { names.merge(Self.american) { _, own in own } }
    self.names = names
  }

  /// - Parameter sound: between its slashes.
  func spelled(_ sound: ArraySlice<Unicode.Scalar>) -> String {
    var spelled = ""
    var index = sound.startIndex
    while index < sound.endIndex {
      let found = (1...Self.longest).reversed().first { count in
        index + count <= sound.endIndex
          && names[String(scalars: sound[index..<(index + count)])] != nil
      }
      let count = found ?? 1
      spelled += names[String(scalars: sound[index..<(index + count)])] ?? ""
      index += count
    }
    return spelled
  }

  private static func table(_ entries: String) -> [String: String] {
    var names: [String: String] = [:]
    for entry in entries.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let sides = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      names[String(sides[0])] = String(sides[1])
    }
    return names
  }

  private static let common: [String: String] = {
    var names = table(
      """
      p=p b=b t=t d=d k=k g=g ɡ=g f=f v=v s=s z=z h=h x=x m=m n=n l=l r=r j=j w=w q=q c=c
      θ=T ð=D ʃ=S ʒ=Z χ=X ç=C ɣ=Q ŋ=N ɲ=n^ ʎ=l^ ɫ=l ɾ=* ɹ=r ʁ=R ʀ=R ɻ=r ɽ=* β=B ɸ=f ɟ=J ɕ=S; ʑ=Z;
      ʂ=s; ʐ=Z ʔ=? ɦ=h ħ=h ʕ=? ʋ=v ɱ=m ɰ=w ʍ=w ɥ=w ʝ=j ɬ=l ɭ=l ʟ=l ɳ=n ɴ=N ʈ=t ɖ=d ɢ=g ɓ=b ɗ=d ɠ=g
      ɧ=x tʃ=tS dʒ=dZ ts=ts dz=dz tɕ=tS; dʑ=dZ; ʧ=tS ʤ=dZ ʦ=ts ʣ=dz n̩=n- l̩=l- m̩=m-
      t͡ʃ=tS d͡ʒ=dZ t͡s=ts d͡z=dz t͡ɕ=tS; d͡ʑ=dZ; p͡f=pf
      i=i e=e a=a o=o u=u y=u ɪ=i ɛ=e ɔ=o ʊ=u ə=@ æ=a ɑ=a ɒ=o ʌ=a ɐ=a ɜ=e ɘ=@ ɞ=e ɵ=o ɤ=o ɯ=u ɨ=i
      ʉ=u ø=e œ=e ʏ=u ɶ=e ɚ=@r ɝ=er
      iː=i: eː=e: aː=a: oː=o: uː=u: yː=u: ɛː=e: ɔː=o: ɑː=a: øː=e: œː=e: ɜː=e: ɒː=o: ɪː=i: ʊː=u:
      ɑ̃=aN ã=aN ɔ̃=oN õ=oN ɛ̃=eN ẽ=eN œ̃=eN
      ˈ=' '=' ˌ=, ,=, ː=: ː̆=: :=: ˑ= .= |= -= ʰ= ʲ=; ʷ=w ˞=r
      """)
    names[" "] = "||"
    return names
  }()

  /// Of the languages below: other ones may lack these, and then the library says nothing of a word.
  private static let open = table(
    "ɛ=E ɛː=E: ɔ=O ɔː=O: ɒ=O ɒː=O: ɜ=E ɜː=E: ɞ=E ɛ̃=EN ẽ=EN ɔ̃=ON ɝ=Er")

  /// What differs in a language.
  private static let own: [String: [String: String]] = [
    "en": table(
      """
      ɪ=I ʊ=U ɫ=L ʁ=r ʀ=r ɑ=A: ɑː=A: ɒ=0 ɒː=O: ʌ=V ɜ=3: ɜː=3: ɐ=V ɚ=@ ɝ=3: y=u: yː=u: ʏ=U ø=3: øː=3:
      œ=3: œː=3: eɪ=eI aɪ=aI aʊ=aU oʊ=oU əʊ=oU ɔɪ=OI ɪə=i@ eə=e@ ʊə=U@ əl=@L ɨ=I ʉ=u: ɯ=u: œ̃=3:N
      ɔ̃=O~ ɑ̃=A~
      """),
    "de": table(
      """
      ɪ=I ʊ=U y=y yː=y: ʏ=y ø=Y: øː=Y: œ=W œː=W: œ̃=W~ pf=pF p͡f=pF r=r ʁ=r ʀ=r ɾ=r ɹ=r ɐ=3 ɜ=3 æ=E
      ɑ=A ɑː=A: ɑ̃=A~ ɔ̃=O~ ɔʏ=OY ɔø=OY ɔɪ=OY aɪ=aI aʊ=aU
      """),
    "fr": table(
      """
      ɪ=i y=y yː=y: ʏ=y ø=Y øː=Y: œ=W œː=W: ʌ=V ɜ=W ɜː=W: ɚ=Wr ɝ=Wr r=r ʁ=r ʀ=r ɹ=r ɥ=y
      ɑ̃=A~ ã=A~ ɔ̃=O~ õ=O~ ɛ̃=E~ ẽ=E~ œ̃=W~
      """),
    "es": table("r=R2 ɾ=r ʁ=R2 ʀ=R2 ɚ=er ʝ=l^ y=y yː=y: ø=Y øː=Y: œ=Y"),
    "it": table("ɪ=I ʊ=U y=y yː=y: ø=Y øː=Y: œ=Y"),
    "pt": table("ɪ=I ʊ=U ø=Y øː=Y: œ=Y ɐ=& ɑ=A ʁ=x ʀ=x"),
    "nl": table(
      """
      ɪ=I y=y yː=y: ʏ=y ø=Y: øː=Y: œ=Y: œy=Wy ɵ=@ ɑ=A ɑː=A: ɛi=EI ɛɪ=EI ʌu=VU ɔ̃=O~ ɑ̃=A~ ʁ=r ʀ=r
      """),
    "pl": table("ɨ=y ɔ̃=O~ ɛ̃=E~ ʁ=r ʀ=r"),
  ]
  private static let american = table("ɚ=3 ɒ=0 ɒː=O: əɹ=3 ɔɹ=O@ ɑɹ=A@ ɑːɹ=A@ ɪɹ=i@3 ɛɹ=e@ ʊɹ=U@")
}
