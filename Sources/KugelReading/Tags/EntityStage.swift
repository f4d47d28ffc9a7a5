import KugelText

/// Says what the entities of HTML stand for where no Markdown is read: `List&lt;String&gt;` is heard as
/// `List<String>` is, whatever the text came as.
struct EntityStage: TextStage {
  mutating func read(
    _ text: SourcedText, _ ahead: TextAhead, into output: inout SourcedText
  ) -> Int {
    let scalars = text.scalars
    var start = 0
    while let index = scalars[start...].firstIndex(of: "&") {
      output.append(text, start..<index)
      var look = Lookahead(text, from: index, ahead)
      start = HTMLEntities.read(text, &look, index, into: &output)
      if look.isUndecided { return index }
    }
    output.append(text, start..<scalars.count)
    return scalars.count
  }
}
