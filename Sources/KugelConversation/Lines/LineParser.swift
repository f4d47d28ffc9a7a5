import KugelSession
import KugelText
import KugelWire

/// Understands the lines of a typed or scripted conversation.
///
/// A line is text unless it begins with `/`; `//` is a slash that is text. In a script a line that
/// begins with `#` is a comment.
package struct LineParser: Sendable {
  private let style: ConversationStyle
  private let offer: SettingOffer
  private var line = 0

  package init(style: ConversationStyle, offer: SettingOffer) {
    self.style = style
    self.offer = offer
  }

  /// - Parameter text: one line without its end.
  /// - Returns: nil for a comment.
  package mutating func parse(_ text: String) -> ConversationRequest? {
    line += 1
    if style == .script && text.hasPrefix("#") { return nil }
    guard text.hasPrefix("/"), !text.hasPrefix("//") else {
      return ConversationRequest(line: line, request: .success(plain(text)))
    }
    // By scalars: a mark that combines with the space before it is text too.
    let scalars = text.unicodeScalars.dropFirst()
    let word = Substring(scalars.prefix { !$0.properties.isWhitespace })
    let rest = Substring(scalars.dropFirst(word.unicodeScalars.count))
    do throws(ConversationProblem) {
      guard let name = CommandName(rawValue: String(word)) else { throw unknown(word) }
      return ConversationRequest(
        line: line, operation: name.rawValue,
        request: .success(try command(name, rest)))
    } catch {
      return ConversationRequest(line: line, operation: String(word), request: .failure(error))
    }
  }

  /// A line that could not be read at all.
  package mutating func refuse(_ message: String) -> ConversationRequest {
    line += 1
    return ConversationRequest(line: line, request: .failure(ConversationProblem(message)))
  }

  private func plain(_ text: String) -> ConversationCommand {
    if text.allSatisfy(\.isWhitespace) { return .blank }
    let text = text.hasPrefix("//") ? String(text.dropFirst()) : text
    return style == .prompt ? .say(text) : .send(text + "\n")
  }

  private func unknown(_ word: Substring) -> ConversationProblem {
    let meant = nearest(to: String(word), in: CommandName.allCases.map(\.rawValue), limit: 1).first
    return ConversationProblem(
      "there is no command /\(word)"
        + (meant.map { "; did you mean /\($0)?" } ?? "; /help lists them"))
  }

  private func command(
    _ name: CommandName, _ rest: Substring
  ) throws(ConversationProblem) -> ConversationCommand {
    // What is sent exactly begins behind the one space that ends the command.
    if name == .send {
      let exact = Substring(rest.unicodeScalars.dropFirst())
      return .send(try given(name, Quoting.whole(exact)))
    }
    let rest = rest.drop(while: \.isWhitespace)
    switch name {
    case .say: return .say(try given(name, Quoting.whole(rest)))
    case .expect: return .expect(try Expectation(String(rest)))
    default: break
    }
    let words = try Quoting.words(rest)
    switch name {
    case .cancel: return .cancel(after: try delay(words))
    case .set: return .set(try changes(words))
    case .wait: return .wait(try wait(try one(name, words)))
    case .mark: return .mark(try one(name, words))
    case .volume: return .volume(decibels: try level(words.joined(separator: " ")))
    case .save:
      let file = try one(name, words)
      return .save(file == "off" ? nil : file)
    case .status: return .status(turn: try turn(words))
    case .voices: return .voices(words.joined(separator: " "))
    case .end, .flush, .pause, .resume, .back, .on, .usage, .help, .quit:
      guard words.isEmpty else { throw ConversationProblem("/\(name.rawValue) stands alone") }
      return name.alone ?? .help
    case .send, .say, .expect: return .help
    }
  }

  private func given(
    _ name: CommandName, _ text: @autoclosure () throws(ConversationProblem) -> String
  ) throws(ConversationProblem) -> String {
    let text = try text()
    guard !text.isEmpty else { throw takes(name) }
    return text
  }

  private func one(_ name: CommandName, _ words: [String]) throws(ConversationProblem) -> String {
    guard words.count == 1, !words[0].isEmpty else { throw takes(name) }
    return words[0]
  }

  private func takes(_ name: CommandName) -> ConversationProblem {
    ConversationProblem("write it as: /\(name.form)")
  }

  private func delay(_ words: [String]) throws(ConversationProblem) -> Duration? {
    if words.isEmpty { return nil }
    guard words.count == 2, words[0] == "after", let delay = Measures.duration(words[1]) else {
      throw ConversationProblem("write it as: /cancel, or: /cancel after 800ms")
    }
    return delay
  }

  private func changes(_ words: [String]) throws(ConversationProblem) -> [SettingChange] {
    guard !words.isEmpty else { throw takes(.set) }
    var changes: [SettingChange] = []
    for word in words {
      do throws(SettingProblem) {
        changes.append(try SettingChange(word, offer: offer, among: SettingKey.ofSession))
      } catch {
        throw ConversationProblem(error.message)
      }
    }
    return changes
  }

  private func wait(_ word: String) throws(ConversationProblem) -> ConversationCommand.Wait {
    if word == "final" { return .final }
    if word == "heard" { return .heard }
    guard let time = Measures.duration(word) else {
      throw ConversationProblem("wait takes final, heard, or \(Measures.timeForm)")
    }
    return .time(time)
  }

  private func level(_ text: String) throws(ConversationProblem) -> Double {
    guard let level = Measures.decibels(text) else {
      throw ConversationProblem(
        SettingProblem.notTaken(.volume, expected: Measures.levelForm, given: text).message)
    }
    return level
  }

  private func turn(_ words: [String]) throws(ConversationProblem) -> Int? {
    if words.isEmpty { return nil }
    guard words.count == 1, let turn = Int(words[0]), turn > 0 else {
      throw ConversationProblem("status takes the number of a turn")
    }
    return turn
  }
}

extension CommandName {
  /// The command, for those that take nothing with them.
  var alone: ConversationCommand? {
    switch self {
    case .end: .end
    case .flush: .flush
    case .pause: .pause
    case .resume: .resume
    case .back: .back
    case .on: .on
    case .usage: .usage
    case .help: .help
    case .quit: .quit
    case .send, .say, .cancel, .set, .wait, .mark, .volume, .save, .expect, .status, .voices: nil
    }
  }
}
