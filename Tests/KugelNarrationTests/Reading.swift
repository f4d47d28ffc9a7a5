import KugelNarration
import KugelReading
import KugelText

let now = ContinuousClock.now

/// A text as it is said.
func said(_ text: String, markdown: Bool = false) -> SourcedText {
  var pipeline = TextPipeline(markdown ? .markdownFile : .plain)
  var said = pipeline.feed(text, at: now)
  said.append(pipeline.finish())
  return said
}

func items(_ text: String, _ split: SplitRule, markdown: Bool = false) -> [NarrationItem] {
  TextItems(filters: markdown ? .markdownFile : .plain, target: TextTarget(), split: split)
    .items(text, source: "book", at: now)
}

extension SourcedText {
  func words(_ range: Range<Int>) -> String { String(scalars: scalars[range]).trimmed }
}
