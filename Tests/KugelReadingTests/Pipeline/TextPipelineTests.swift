import KugelReading
import KugelText
import TestSupport
import Testing

@Suite struct TextPipelineTests {
  private let now = ContinuousClock.now

  @Test(arguments: [
    ("an **imp", "an imp"), ("see [the do", "see "), ("costs $x^", "costs "), ("hi <spel", "hi "),
    ("`code", ""),
    ("a\n|b|c", "a"), ("x &am", "x "),
  ])
  func `only what may become markup waits, and a pause lets go of its words`(
    piece: String, atOnce: String
  ) {
    var pipeline = TextPipeline(.flowing, for: TextTarget(language: "en"))
    let first = pipeline.feed(piece, at: now).string
    #expect(atOnce.hasPrefix(first) && atOnce.count - first.count <= 2)
    #expect(pipeline.heldCount > 0)
    #expect(pipeline.deadline == now + TextPipeline.patience)
    #expect(pipeline.tick(at: now + .milliseconds(249)).isEmpty)
    let later = pipeline.tick(at: now + .milliseconds(250)).string
    #expect(pipeline.deadline == nil)
    let rest = pipeline.finish().string
    let letters = { (text: String) in text.filter { $0.isLetter } }
    #expect(letters(first + later + rest).hasPrefix(letters(atOnce)))
  }

  @Test func `plain words never wait for more than two letters and a blank`() {
    var pipeline = TextPipeline(.flowing, for: TextTarget(language: "en"))
    var length = 0
    var said = 0
    for piece in ["Hel", "lo, ", "this", " is an", " answer", ". It", " is 42", " long", "."] {
      length += piece.count
      said += pipeline.feed(piece, at: now).count
      #expect(length - said <= 3)
    }
  }

  @Test(arguments: ["It costs $5.", "at 14:30", "3 km"])
  func `a number that a writer leaves open is let go as it is written: it may go on`(piece: String)
  {
    var pipeline = TextPipeline(TextFilters(.all), for: TextTarget(language: "en"))
    let first = pipeline.feed(piece, at: now)
    let soon = pipeline.tick(at: now + TextPipeline.patience)
    #expect(first.string.allSatisfy { !$0.isNumber } && soon.string.allSatisfy { !$0.isNumber })
    #expect(pipeline.deadline == now + TextPipeline.longPatience)
    let late = pipeline.tick(at: now + TextPipeline.longPatience)
    #expect(pipeline.deadline == nil && pipeline.heldCount == 0)
    let said = first.string + soon.string + late.string
    #expect(said == piece)
  }

  @Test func `a number that goes on in time is one`() {
    var pipeline = TextPipeline(TextFilters(.all), for: TextTarget(language: "en"))
    var said = pipeline.feed("It is $3.", at: now)
    said.append(pipeline.tick(at: now + .milliseconds(400)))
    said.append(pipeline.feed("50 now", at: now + .milliseconds(400)))
    said.append(pipeline.finish())
    #expect(said.string == "It is three dollars and fifty cents now")
  }

  @Test func `a stop behind a word does not wait where one is in haste`() {
    var filters = TextFilters(.all)
    filters.isHasty = true
    var pipeline = TextPipeline(filters, for: TextTarget(language: "en"))
    #expect(pipeline.feed("By the river.", at: now).string == "By the river.")
    #expect(pipeline.feed(" Open main.py.", at: now).string == " Open main dot py.")
    #expect(said("Open main.py now", filters).string == "Open main dot py now")
  }

  @Test func `only a stop that may be a name's waits while the text flows`() {
    var filters = TextFilters(.all)
    filters.isHasty = true
    var pipeline = TextPipeline(filters, for: TextTarget(language: "en"))
    #expect(pipeline.feed("use Node.", at: now).string == "use Node")
    let soon = now + .milliseconds(20)
    #expect(pipeline.feed("js now. We use Node.", at: soon).string == " dot js now. We use Node")
    #expect(pipeline.tick(at: soon + TextPipeline.patience).string == ".")
  }

  @Test func `the hold-back is bounded, whatever is written`() {
    for start in [
      "[", "`", "<", "$", "&", "**", "https://", "<a b=\"", "![", "\u{1B}]0;", "(((", "[[[[",
    ] {
      for body in ["x", " y", "é", "1", "-"] {
        var pipeline = TextPipeline(TextFilters(.all), for: TextTarget(language: "en"))
        _ = pipeline.feed("So ", at: now)
        for piece in [start] + Array(repeating: body, count: 2000) {
          _ = pipeline.feed(piece, at: now)
          #expect(pipeline.heldCount <= 280, "after \(start) with \(body)")
        }
      }
    }
  }

  @Test func `places count from the text's beginning, over turns too`() {
    var pipeline = TextPipeline(.flowing)
    _ = pipeline.feed("*One* two.", at: now)
    _ = pipeline.finish()
    var text = pipeline.feed("**Three** four.", at: now)
    text.append(pipeline.finish())
    #expect(text.string == "Three four.")
    #expect(text.source(of: 0..<5) == 12..<17)
  }

  @Test func `raw text is what it is`() {
    let text = "**a** <b>\u{1B}[1m e\u{301} https://x.y 😀"
    #expect(said(text, .raw).string == text)
  }

  @Test func `sentences are marked on demand, lines of a verse too`() {
    var filters = TextFilters.plain
    (filters.marksSentences, filters.marksLines) = (true, true)
    let text = "One here. Two\ngoes on.\n\nThree"
    #expect(
      marked(said(text, filters))
        == "One here.⟦sentence⟧ Two\n⟦line⟧goes on.⟦sentence⟧\n⟦line⟧\n⟦paragraph⟧Three⟦sentence⟧⟦paragraph⟧"
    )
    expectSameWhateverTheCuts(text, filters)
  }
}

private let english = """
  <think>The user wants a recipe.
  Let me **think**.</think>

  # Quick bread 🍞

  You need *three* things, about $3.50 in all:

  - **Flour**, 250g ([the best](https://www.example.com/flour_(fine)?id=1))
  - `yeast`
    1. dry, or
    2. fresh

  Bake it at 200 °C
  for 1½ hours. See https://example.com/bread. Then:

  ```sh
  oven --on
  ```

  | Step | Time |
  |------|------|
  | Mix  | 5 min |
  | Rest | 1 h   |

  > Enjoy! <br>Replace <your-name> with yours.
  """

private let german = """
  ## Überblick

  Am **3. Oktober 1990** war es so weit – z. B. in Berlin.
  Es kostete 3,50 €[^1].

  1. Öffne `datei.txt`.
  2. Drücke <Enter>.

  [^1]: Laut Dr. Müller.
  """

private let french =
  "### Étapes\n\n1. Versez 1,5 l d'eau à 14h30 ;\n2. Ajoutez *250 g* de sel.\n\nC'est ~~fini~~ tout !"

@Test(arguments: [("en", english), ("de", german), ("fr", french)])
func `a whole answer is the same however it is cut`(language: String, text: String) {
  expectSameWhateverTheCuts(text, TextFilters(.all), language: language)
}

@Test func `an answer in English`() {
  #expect(
    marked(said(english, TextFilters(.all))) == """
      Quick bread.

      ⟦heading⟧You need three things, about three dollars and fifty cents in all:

      ⟦paragraph⟧Flour, two hundred fifty grams (the best).
      ⟦item⟧yeast.
      ⟦item⟧1. dry, or.
      ⟦item⟧2. fresh.
      ⟦item⟧Bake it at two hundred degrees Celsius for one and a half hours. See example dot com. Then:

      ⟦paragraph⟧Code example.

      ⟦paragraph⟧Table: Step, Time.
      ⟦row⟧Mix, five minutes.
      ⟦row⟧Rest, one hour.
      ⟦row⟧
      ⟦paragraph⟧Enjoy!\u{20}
      ⟦line⟧Replace your-name with yours.⟦paragraph⟧
      """)
}

@Test func `an answer in German`() {
  #expect(
    said(german, TextFilters(.all), language: "de").string == """
      Überblick.

      Am dritten Oktober neunzehnhundertneunzig war es so weit – z. B. in Berlin. Es kostete drei Euro fünfzig.

      1. Öffne datei Punkt txt.
      2. Drücke Enter.
      Fußnote 1: Laut Dr. Müller.
      """)
}

@Test func `an answer in French`() {
  #expect(
    said(french, TextFilters(.all), language: "fr").string == """
      Étapes.

      1. Versez un virgule cinq litre d'eau à quatorze heures trente ;

      2. Ajoutez deux cent cinquante grammes de sel.
      C'est fini tout !
      """)
}
