import KugelText
import Testing

/// Each row: language, then a text with `|` where its sentences divide.
private let table: [(String, [String])] = [
  (
    "en",
    [
      "Hello world.| Bye.",
      "Dr. Smith met Mrs. Jones at St. Mary's.| They talked.",
      "It costs $3.50 or 1,000.25 euros.| Pi is 3.14159.| Good.",
      "At 10:30 a.m. on Monday we met.| At 5 p.m.| The meeting ended.",
      "J. R. R. Tolkien wrote it.| J.R.R. Tolkien did.",
      "The U.S. Senate met.| He lives in the U.S.| The weather is fine.",
      "We sell apples, pears, etc. and more.| Apples, pears, etc.| Then came plums.",
      "\"Really?\" she said.| \"Yes!\" he cried.| \"Go.\"| \"Now?\"",
      "He left (why?) and she stayed.| (He came back.)| Fine.",
      "Wait... what?| Wait...| What?| Well…| I see.",
      "Visit https://example.com/a?b=1.| today or www.example.org.| Then go.",
      "Mail bob.smith@example.com.| Thanks.",
      "Node.js and .NET are fine.| So is example.com.| Yes.",
      "See No. 5 and p. 12, Fig. 3.| He said no.| They left.",
      "1. Buy milk.| 2. Buy eggs.",
      "In 1999.| In 2000.",
      "What?!| No!!!| Yes...!| Ok.",
      "Title without a stop\n\n|Text after it.",
      "A wrapped\nline goes on.\n|And ends.",
      "Hi!🎉| Next.",
      "e.g. this one, i.e. that one vs. the other.| Done.",
      "Smith et al. found it.| Vol. II is out.| Prof. A. B. Cee spoke.",
      "Hello.|<break time=\"400ms\"/>World.",
      "<prosody rate=\"slow\">One. Two.</prosody>| Three.",
      "The code is <spell>A.B. C</spell>.| Thanks.",
      "if a < b.| Then c.",
      "Plan A is bad.| We take plan B.| It works.",
      "OK!Done.| Yes.",
      "Use f(x).| Then g.",
      "See Sect. 4 and ch. 5, vs. Mt. Everest.| Gen. Lee is here.| The U.S. Army came.",
      "In Jan. 2020 and on Feb. 5 it snowed.| It was five PM.| He left.",
    ]
  ),
  (
    "de",
    [
      "Am 3. Oktober war es kalt.| Am 4. war es warm.",
      "Das gilt z. B. für Äpfel, d. h. für Obst.| Ja.",
      "Das gilt z.B. für Hr. Dr. Müller bzw. Fr. Maier.| Gut.",
      "Es kostet 3,50 Euro.| Das sind 1.000 Cent.",
      "Äpfel, Birnen usw. sind da.| Äpfel, Birnen usw.| Dann kam er.",
      "Im 19. Jahrhundert, nach dem 2. Weltkrieg.| So war es.",
      "Er war 1990 da.| Das war im Jahr 1990.| Danach nicht.",
      "„Wirklich?“, fragte sie.| „Ja!“ rief er.| „Gut.“| Ende.",
      "Friedrich der II. von Preußen.| Ludwig XIV. war König.",
      "Vgl. S. 12 und Nr. 5.| Tel. 030 12.| Gut.",
      "Er wohnt in der Haupt Str. 5.| Sie auch.",
      "Herr K. Schmidt ging.| Das ist Punkt A.| Dann kam B.| Er kam.",
      "500 v. Chr. war das.| Die Firma Meier kam.",
      "Ja.| Nein.| Am 1. Mai.",
      "Er wohnt Hauptstr. 5.| Sie auch.| Sie wohnt in der Hauptstr.| Er auch.",
    ]
  ),
  (
    "fr",
    [
      "M. Dupont et Mme Durand sont là.| Bien.",
      "Il dit : « Bonjour ! » puis sort.| Oui.",
      "« Ça va ? » demanda-t-il.| « Oui ! »| Elle partit.",
      "Cf. ceci, p. ex. cela, c.-à-d. tout.| Fin.",
      "Cela coûte 3,50 €.| Voir p. 12 et n. 5.| Fin.",
      "Des pommes, des poires, etc. et du pain.| Des pommes, etc.| Puis il dort.",
      "En 50 av. J.-C. César vint.| Le Dr. Martin aussi.",
      "J. Verne écrit.| Que fait-il ?| Il lit !| Bon.",
    ]
  ),
  (
    "es",
    [
      "¿Cómo está, Sr. García?| ¡Bien!| Gracias.",
      "¡Hola!|¿Qué tal?| Bien.",
      "La Sra. López vive en EE. UU. desde 1990.| Sí.",
      "P. ej. este, p. ej. aquel.| Fin.",
      "Cuesta 3.50 o 3,50 euros.| Véase pág. 12.| Fin.",
      "Pan, leche, etc. y más.| Pan, leche, etc.| Luego nada.",
      "—¿Vienes? —preguntó ella.| —No.| Adiós.",
      "El Dr. J. Pérez llegó.| Dijo que no.| Se fue.",
    ]
  ),
  (
    "it",
    [
      "Il sig. Rossi e la dott.ssa Bianchi sono qui.| Bene.",
      "Il prof. Verdi, p. es. lui, ecc. e altri.| Fine.",
      "Costa 3,50 euro.| Vedi pag. 12 e n. 5.| Sì.",
      "Pane, latte, ecc.| Poi niente.",
      "«Davvero?» disse lei.| «Sì!»| Ciao.",
      "G. Verdi compose.| Che ore sono?| Le 10.30.| Grazie.",
    ]
  ),
  (
    "pt",
    [
      "O Sr. Silva e a Sra. Souza chegaram.| Bem.",
      "A Dra. Lima, p. ex. ela, etc. e outros.| Fim.",
      "Custa 3,50 euros.| Ver pág. 12.| Sim.",
      "Pão, leite, etc.| Depois nada.",
      "Ele mora na Av. Paulista.| O Prof. M. Costa também.| São dez.| Ok.",
    ]
  ),
  (
    "nl",
    [
      "Dhr. Jansen en mevr. de Vries zijn hier.| Mooi.",
      "Fruit, bijv. appels, d.w.z. gezond, enz. en meer.| Klaar.",
      "Het kost 3,50 euro.| Zie blz. 12.| Ja.",
      "Appels, peren, enz.| Dan niets.",
      "Prof. dr. A. de Boer sprak.| \"Echt?\" vroeg ze.| Ja.",
    ]
  ),
  (
    "pl",
    [
      "Dr. Kowalski i prof. Nowak są tu.| Dobrze.",
      "Jabłka, np. te, tj. czerwone, itd. oraz inne.| Koniec.",
      "Jabłka, gruszki itd.| Potem nic.",
      "Dnia 3. maja było zimno.| Kosztuje 3,50 zł.| Tak.",
      "W 2024 r. było ciepło.| To było w 2024 r.| Potem nie.",
      "– Naprawdę? – zapytała.| – Tak.| J. Tuwim pisał.| Ul. Długa 5.",
      "M.in. on, m.in. ona.| Tak.",
    ]
  ),
  ("ja", ["今日は。|元気？|はい！", "「本当？」と彼は言った。|「行く。」|彼は行った。"]),
  ("zh", ["你好。|你好吗？|很好！", "价格是3.14元。|好的。", "他说：“好。”|然后走了。"]),
  ("ko", ["안녕하세요.| 반갑습니다!| 네."]),
  ("ar", ["كيف حالك؟| بخير.| شكرا."]),
  ("ur", ["یہ ایک جملہ ہے۔| دوسرا۔"]),
  ("hi", ["यह एक वाक्य है।| दूसरा।"]),
  ("el", ["Τι κάνεις;| Καλά."]),
  ("ru", ["Это т. е. проба.| Улица, ул. Ленина.| А. С. Пушкин писал.| Да."]),
  ("cs", ["Dne 3. října pršelo.| Ano."]),
  ("sv", ["Han kom kl. 3.| Bra.", "Det är bl.a. bra.| Ja."]),
]

@Test(arguments: table.flatMap { row in row.1.map { (row.0, $0) } })
func `whole texts divide into sentences`(language: String, marked: String) {
  let expected = marked.split(separator: "|").map { $0.trimmingWhite }
  let text = marked.filter { $0 != "|" }
  let sentences = SentenceSplitter.sentences(in: text, language: language)
  #expect(sentences.map { $0.trimmingWhite } == expected)
  #expect(sentences.joined() == text)
}

extension StringProtocol {
  fileprivate var trimmingWhite: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
