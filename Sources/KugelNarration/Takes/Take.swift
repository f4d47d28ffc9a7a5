import KugelText

/// What is spoken at once and, where it is doubted, again: a paragraph, or as much of one as the service
/// takes.
package struct Take: Equatable, Sendable {
  /// Unicode scalars of what is said.
  package var range: Range<Int>
  /// Its sentences; together they are the take.
  package var sentences: [Range<Int>]
  /// When it is to be heard; nil: behind the one before.
  package var slot: NarrationItem.Slot?

  package init(range: Range<Int>, sentences: [Range<Int>]) {
    self.range = range
    self.sentences = sentences
  }

  /// How texts are cut into takes.
  package struct Rules: Equatable, Sendable {
    /// Unicode scalars that may be sent at once.
    package var limit: Int
    /// Each sentence for itself: without word times nothing else says where one begins.
    package var singly: Bool

    package init(limit: Int, singly: Bool) {
      self.limit = limit
      self.singly = singly
    }
  }
}

extension SourcedText {
  /// The takes of the whole text, in order, each with something to say.
  package func takes(_ rules: Take.Rules, language: String?) -> [Take] {
    var takes: [Take] = []
    for block in blocks() {
      var sentences: [Range<Int>] = []
      func close() {
        if let first = sentences.first, let last = sentences.last {
          takes.append(
            Take(range: first.lowerBound..<last.upperBound, sentences: sentences))
        }
        sentences = []
      }
      for sentence in self.sentences(in: block.range, language: language, limit: rules.limit) {
        let length = sentence.upperBound - (sentences.first?.lowerBound ?? sentence.lowerBound)
        if rules.singly || length > rules.limit { close() }
        sentences.append(sentence)
      }
      close()
    }
    return takes
  }
}
