import KugelReading
import KugelText

/// What a pipeline says of a text that comes at once.
func said(
  _ text: String, _ filters: TextFilters, language: String? = "en", takesIPA: Bool = false
) -> SourcedText {
  said([text], filters, language: language, takesIPA: takesIPA)
}

/// What a pipeline says of a text that comes in pieces, without pauses.
func said(
  _ pieces: [String], _ filters: TextFilters, language: String? = "en", takesIPA: Bool = false
) -> SourcedText {
  var pipeline = TextPipeline(
    filters, for: TextTarget(language: language, takesIPA: takesIPA))
  let now = ContinuousClock.now
  var text = SourcedText()
  for piece in pieces { text.append(pipeline.feed(piece, at: now)) }
  text.append(pipeline.finish())
  return text
}

/// What a pipeline says of a text whose writer pauses for long between its pieces.
func saidWithPauses(_ pieces: [String], _ filters: TextFilters, language: String? = "en") -> String
{
  var pipeline = TextPipeline(filters, for: TextTarget(language: language))
  var now = ContinuousClock.now
  var text = SourcedText()
  for piece in pieces {
    text.append(pipeline.feed(piece, at: now))
    for _ in 0..<3 {
      now += .seconds(1)
      text.append(pipeline.tick(at: now))
    }
  }
  text.append(pipeline.finish())
  return text.string
}

/// The numbers of a text in words.
func spelled(_ text: String, _ language: String) -> String {
  said(text, TextFilters(.numbers), language: language).string
}

/// A text cut at each place in turn: before the first scalar, between any two, behind the last.
func halves(of text: String) -> [[String]] {
  let scalars = text.unicodeScalars
  return scalars.indices.map { [String(scalars[..<$0]), String(scalars[$0...])] } + [[text]]
}
