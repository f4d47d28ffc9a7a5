import KugelText
import KugelWire

@testable import KugelConversation
@testable import KugelSession

extension FuzzTarget {
  /// Tab on a line, where names are as strangers choose them: what it completes is read as what it offers.
  static let completion = FuzzTarget("completion") { input in
    let lines = input.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let (typed, names) = (lines.first ?? "", Array(lines.dropFirst().prefix(8)))
    let voices = names.enumerated().map {
      Voice(id: $0.offset + 1, name: $0.element, languages: ["de"])
    }
    let completer = LineCompleter(offer: .kugelAudio, voices: voices)
    for before in [typed, "/set voice=" + typed, "/save " + typed, "/voices " + typed] {
      guard let completion = completer.complete(before, names: { _ in names }) else { continue }
      let scalars = before.unicodeScalars
      try hold(completion.replaced <= scalars.count, "only what is there is replaced")
      try hold(!completion.candidates.isEmpty, "something could be meant")
      let after = String(scalars.dropLast(completion.replaced)) + completion.text
      var key = TabKey()
      if case .replace = key.press(after, completer.complete(after, names: { _ in names })) {
        // A whole word is followed by a blank, and behind that another one begins.
        try hold(completion.candidates.count == 1, "what is not clear stays as it is")
      }
    }
    let plain = typed.unicodeScalars.prefix { !$0.properties.isWhitespace && $0 != "\"" }
    let line = "/set voice=" + String(plain)
    guard let completion = completer.complete(line, names: { _ in [] }),
      let only = completion.candidates.first, completion.candidates.count == 1,
      only.contains(where: { !$0.isWhitespace })
    else { return }
    var parser = LineParser(style: .prompt, offer: .kugelAudio)
    let after = String(line.unicodeScalars.dropLast(completion.replaced)) + completion.text
    guard case .success(.set(let changes))? = parser.parse(after)?.request, changes.count == 1
    else {
      throw Finding(description: "it is no setting: \(after.debugDescription)")
    }
    try same(changes[0].value.text, only, "what was completed is read as it was offered")
  }
}
