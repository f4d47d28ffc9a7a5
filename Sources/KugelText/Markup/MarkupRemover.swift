/// Takes the tags that only some services know out of a text that is still growing.
///
/// What may yet become such a tag waits for its end; nothing else does. Pure.
package struct MarkupRemover: Equatable, Sendable {
  /// Names of tags that stay.
  private let kept: Set<String>
  /// From a `<` on that may begin a tag.
  private var held: [Unicode.Scalar] = []

  package init(keeping kept: Set<String> = []) { self.kept = kept }

  /// What may be sent of the text so far.
  package mutating func take(_ text: String) -> String {
    var free = String.UnicodeScalarView()
    var waiting = Substring(text).unicodeScalars[...]
    while let scalar = waiting.popFirst() {
      guard !held.isEmpty || scalar == "<" else {
        free.append(scalar)
        continue
      }
      held.append(scalar)
      guard let released = decide() else { continue }
      free.append(contentsOf: released)
    }
    return String(free)
  }

  /// What still waited: no tag, as the text has ended.
  package mutating func finish() -> String {
    defer { held = [] }
    return String(String.UnicodeScalarView(held))
  }

  /// nil while it is open what is held.
  private mutating func decide() -> [Unicode.Scalar]? {
    var scanner = MarkupTagScanner()
    var outcome = MarkupTagScanner.Outcome.more
    for scalar in held.dropFirst() { outcome = scanner.feed(scalar) }
    if case .more = outcome, scanner.mayBecomeKnown { return nil }
    if case .complete = outcome, MarkupTag.known.contains(scanner.tag.name) {
      defer { held = [] }
      return kept.contains(scanner.tag.name) ? held : []
    }
    // No tag of ours; its last character may begin one.
    let beginsAnother = held.count > 1 && held.last == "<"
    defer { held = beginsAnother ? ["<"] : [] }
    return beginsAnother ? held.dropLast() : held
  }
}
