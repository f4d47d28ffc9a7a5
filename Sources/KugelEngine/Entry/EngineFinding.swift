/// Something about an engine that whoever looks for trouble should know.
package struct EngineFinding: Equatable, Sendable {
  /// What was looked at, in a word or two.
  package var topic: String
  /// A fragment without a stop.
  package var text: String
  /// What to do about it, as a sentence; nil where nothing is wrong.
  package var remedy: String?

  package init(_ topic: String, _ text: String, remedy: String? = nil) {
    self.topic = topic
    self.text = text
    self.remedy = remedy
  }
}
