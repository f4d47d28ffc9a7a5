import KugelSession
import KugelText
import KugelWire

/// Knows how the lines of a conversation go on: commands, settings and their values, voices, files.
package struct LineCompleter: Sendable {
  private enum Subject {
    case command
    case settings
    case value(SettingKey)
    case voices
    case files
    case words([String])
  }

  private let offer: SettingOffer
  /// To choose from; nil as long as they are not known.
  package var voices: [Voice]?

  package init(offer: SettingOffer, voices: [Voice]? = nil) {
    self.offer = offer
    self.voices = voices
  }

  /// Whether the line goes on with a voice.
  package func wantsVoices(_ before: String) -> Bool {
    switch place(before)?.subject {
    case .voices, .value(.voice), .value(.lang): true
    default: false
    }
  }

  /// - Parameters:
  ///   - before: the line up to the cursor.
  ///   - names: of what is in a folder, those of folders with `/` behind them; the folder is empty or
  ///     ends with `/`.
  /// - Returns: nil when nothing is known to follow.
  package func complete(_ before: String, names: (_ folder: String) -> [String]) -> Completion? {
    guard let (subject, written) = place(before) else { return nil }
    let meant = UnfinishedWord.meaning(of: written)
    switch subject {
    case .command:
      let found = CommandName.allCases.filter { $0.rawValue.hasPrefix(meant) }
      let standsAlone = found.count == 1 && found[0].arguments.isEmpty
      return Completion(
        found.map(\.rawValue), for: written, ending: standsAlone ? .goesOn : .word)
    case .settings:
      let keys = offer.keys.filter(SettingKey.ofSession.contains).map { $0.rawValue + "=" }
      return Completion(keys.filter { $0.hasPrefix(meant) }, for: written, ending: .goesOn)
    case .value(let key): return Completion(values(of: key, beginning: meant), for: written)
    case .voices:
      let named = beginning(meant, languages + calls(beginning: meant))
      return Completion(named, for: written)
    case .words(let words):
      return Completion(words.filter { $0.hasPrefix(meant) }, for: written)
    case .files:
      let off = ["off"].filter { $0.hasPrefix(meant) }
      return Completion(paths(beginning: meant, names) + off, for: written, ending: .path)
    }
  }

  private func place(_ before: String) -> (subject: Subject, written: Substring)? {
    guard before.hasPrefix("/"), !before.hasPrefix("//") else { return nil }
    let line = before.dropFirst()
    guard let end = line.firstIndex(where: \.isWhitespace) else { return (.command, line) }
    guard let name = CommandName(rawValue: String(line[..<end])) else { return nil }
    let word = UnfinishedWord(endOf: line[end...])
    switch name {
    case .set: return setting(word.written)
    case _ where word.place > 0: return nil
    case .wait: return (.words(["final", "heard"]), word.written)
    case .cancel: return (.words(["after"]), word.written)
    case .expect: return (.words(Expectation.Subject.allCases.map(\.rawValue)), word.written)
    case .save: return (.files, word.written)
    case .voices: return (.voices, word.written)
    case .end, .send, .say, .flush, .mark, .pause, .resume, .back, .on, .volume, .status, .usage,
      .help, .quit:
      return nil
    }
  }

  private func setting(_ word: Substring) -> (Subject, Substring)? {
    guard let sign = word.firstIndex(of: "=") else { return (.settings, word) }
    guard let key = SettingKey(named: String(word[..<sign])), offer.takes(key) else { return nil }
    return (.value(key), word[word.index(after: sign)...])
  }

  // MARK: What could be meant

  private func values(of key: SettingKey, beginning start: String) -> [String] {
    switch (key, offer[key]?.kind) {
    case (.voice, _): calls(beginning: start)
    case (.lang, _): beginning(start, languages)
    case (_, .words(let words)?): beginning(start, words)
    case (_, .truth?): beginning(start, ["true", "false"])
    case (_, .oneOf(let numbers)?): beginning(start, numbers.map(\.description))
    default: []
    }
  }

  private var languages: [String] {
    var seen: Set<String> = []
    return (voices ?? []).flatMap(\.languages).filter { seen.insert($0).inserted }
  }

  /// Voices by the short word for them; where none begins so, by name or number.
  private func calls(beginning start: String) -> [String] {
    let voices = voices ?? []
    let short = voices.map { ($0.isCalledByHandle ? nil : $0.handle) ?? $0.name }
    for calls in [short, voices.map(\.name), voices.map(\.reference.description)] {
      let found = beginning(start, calls)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// Letter case does not count, as it does not where a voice is looked for. What would steer the
  /// terminal is not offered.
  private func beginning(_ start: String, _ words: [String]) -> [String] {
    let start = start.lowercased()
    var seen: Set<String> = []
    return words.filter {
      $0.lowercased().hasPrefix(start) && $0.printable == $0 && seen.insert($0).inserted
    }
  }

  private func paths(beginning start: String, _ names: (String) -> [String]) -> [String] {
    let end = start.lastIndex(of: "/").map { start.index(after: $0) } ?? start.startIndex
    let (folder, name) = (String(start[..<end]), start[end...])
    return names(folder).filter {
      $0.hasPrefix(name) && (name.hasPrefix(".") || !$0.hasPrefix(".")) && $0.printable == $0
    }.sorted().map { folder + $0 }
  }
}
