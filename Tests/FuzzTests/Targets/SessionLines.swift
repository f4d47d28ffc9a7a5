import KugelText
import KugelWire

@testable import KugelConversation
@testable import KugelSession

extension FuzzTarget {
  /// Lines that are typed or scripted, and the quoting of what they hold.
  static let sessionLines = FuzzTarget("session-lines") { input in
    let lines = input.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for style in [ConversationStyle.prompt, .script] {
      var parser = LineParser(style: style, offer: .kugelAudio)
      for (index, line) in lines.enumerated() {
        guard let request = parser.parse(line) else {
          try hold(line.hasPrefix("#") && style == .script, "only a comment says nothing")
          continue
        }
        try same(request.line, index + 1, "lines are counted")
        if case .success(.say(let text)) = request.request, !line.hasPrefix("/") {
          try same(text, line, "a line that is typed is said as it is")
        }
        if case .failure(let problem) = request.request {
          try hold(!problem.message.isEmpty, "a problem is told in words")
        }
      }
    }
    for line in lines.prefix(8) {
      let words = try? Quoting.words(Quoting.quote(line))
      try same(words ?? [], [line], "what was quoted is read as it was")
    }
  }

  /// Lines of a program: they are counted, and blanks around them mean nothing.
  static let jsonLines = FuzzTarget("json-lines") { input in
    var parser = JSONLineParser(offer: .elevenLabs)
    var (count, cutter) = (0, LineCutter(limit: 4096))
    var lines = cutter.append(input.text)
    if let last = cutter.finish() { lines.append(last) }
    for line in lines {
      count += 1
      guard case .text(let text) = line else {
        try same(parser.refuse("too long").line, count, "lines are counted")
        continue
      }
      guard let request = parser.parse(text) else {
        try hold(text.allSatisfy(\.isWhitespace), "only a blank line says nothing")
        continue
      }
      try same(request.line, count, "lines are counted")
      var spaced = JSONLineParser(offer: .elevenLabs)
      let again = spaced.parse(" " + text + "\t")
      try same(
        again.map { "\($0.request)" } ?? "", "\(request.request)",
        "blanks around a line are nothing")
    }
  }
}
