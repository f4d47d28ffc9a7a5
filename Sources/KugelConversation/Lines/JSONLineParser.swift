import KugelSession
import KugelText
import KugelWire

/// Understands the JSON lines of a program: `{"op":"send","text":"…","id":7}`.
package struct JSONLineParser: Sendable {
  private let offer: SettingOffer
  private var line = 0

  package init(offer: SettingOffer) { self.offer = offer }

  /// - Parameter text: one line without its end.
  /// - Returns: nil for a blank line.
  package mutating func parse(_ text: String) -> ConversationRequest? {
    line += 1
    if text.allSatisfy(\.isWhitespace) { return nil }
    var text = text
    let offer = offer
    let line = line
    do {
      return try text.withUTF8 { bytes in
        try unsafe withWireObject(bytes) { fields in
          let id = fields.requestID
          let named = try? fields.string("op")
          do throws(ConversationProblem) {
            let command = try Self.command(fields, offer: offer)
            return ConversationRequest(
              line: line, id: id, operation: named ?? nil, request: .success(command))
          } catch {
            return ConversationRequest(
              line: line, id: id, operation: named ?? nil, request: .failure(error))
          }
        }
      }
    } catch {
      let what = (error as? WireSyntaxError) == .notObject ? "a JSON object" : "JSON"
      return ConversationRequest(
        line: line, request: .failure(ConversationProblem("the line is not \(what)")))
    }
  }

  /// A line that could not be read at all.
  package mutating func refuse(_ message: String) -> ConversationRequest {
    line += 1
    return ConversationRequest(line: line, request: .failure(ConversationProblem(message)))
  }

  private static func command(
    _ fields: WireFields, offer: SettingOffer
  ) throws(ConversationProblem) -> ConversationCommand {
    do throws(FieldError) {
      guard let word = try fields.string("op") else {
        throw FieldError(field: "op", expected: "there: it names what to do")
      }
      guard let name = CommandName(rawValue: word) else { return try unknown(word) }
      if let command = name.alone { return command }
      return try command(name, fields, offer: offer)
    } catch {
      throw ConversationProblem(error.message)
    }
  }

  private static func unknown(_ word: String) throws(FieldError) -> ConversationCommand {
    let known = CommandName.allCases.map(\.rawValue)
    let meant = nearest(to: word, in: known, limit: 1).first
    throw FieldError(
      field: "op",
      expected: "a known one, not \(Quoting.quote(word)); "
        + (meant.map { "did you mean \($0)?" } ?? "known are " + known.joined(separator: " ")))
  }

  private static func command(
    _ name: CommandName, _ fields: WireFields, offer: SettingOffer
  ) throws(FieldError) -> ConversationCommand {
    switch name {
    case .send: return .send(try text("text", fields))
    case .say: return .say(try text("text", fields))
    case .cancel: return .cancel(after: try milliseconds("after_ms", fields))
    case .set: return .set(try changes(fields, offer: offer))
    case .wait: return .wait(try wait(fields))
    case .mark: return .mark(try text("name", fields))
    case .volume:
      guard let level = try fields.number("db"), Measures.levels.contains(level) else {
        throw FieldError(field: "db", expected: "a number from \(Measures.levelRange)")
      }
      return .volume(decibels: level)
    case .save: return .save(fields.has("file") ? try text("file", fields) : nil)
    case .expect:
      let source = try text("that", fields)
      do throws(ConversationProblem) {
        return .expect(try Expectation(source))
      } catch {
        throw FieldError(field: "that", expected: "an expectation: \(error.message)")
      }
    case .status:
      let turn = try fields.integer("turn")
      if let turn, turn < 1 { throw FieldError(field: "turn", expected: "the number of a turn") }
      return .status(turn: turn)
    case .voices: return .voices(try fields.string("word") ?? "")
    case .end, .flush, .pause, .resume, .back, .on, .usage, .help, .quit:
      return name.alone ?? .help
    }
  }

  private static func text(_ name: String, _ fields: WireFields) throws(FieldError) -> String {
    guard let text = try fields.string(name), !text.isEmpty else {
      throw FieldError(field: name, expected: "a string that is not empty")
    }
    return text
  }

  private static func milliseconds(
    _ name: String, _ fields: WireFields
  ) throws(FieldError) -> Duration? {
    guard let number = try fields.number(name) else { return nil }
    guard number >= 0, .milliseconds(number) <= Measures.longest else {
      throw FieldError(field: name, expected: "a time in milliseconds")
    }
    return .milliseconds(number)
  }

  private static func wait(_ fields: WireFields) throws(FieldError) -> ConversationCommand.Wait {
    if let time = try milliseconds("ms", fields) { return .time(time) }
    switch try fields.string("for") {
    case "final": return .final
    case "heard": return .heard
    default: throw FieldError(field: "for", expected: "final or heard, unless there is ms")
    }
  }

  private static func changes(
    _ fields: WireFields, offer: SettingOffer
  ) throws(FieldError) -> [SettingChange] {
    var changes: [SettingChange] = []
    for name in fields.names.sorted() where name != "op" && name != "id" && fields.has(name) {
      let value: SettingValue? =
        if let flag = try? fields.boolean(name) {
          .flag(flag)
        } else if let number = try? fields.number(name) {
          .number(number)
        } else if let numbers = try? fields.integers(name) {
          .numbers(numbers)
        } else {
          (try? fields.string(name)).flatMap { $0.map(SettingValue.text) }
        }
      guard let value else {
        throw FieldError(field: name, expected: "a string, a number, numbers, true or false")
      }
      do throws(SettingProblem) {
        changes.append(
          try SettingChange(key: name, value: value, offer: offer, among: SettingKey.ofSession))
      } catch {
        throw FieldError(field: "set", expected: "understood: \(error.message)")
      }
    }
    guard !changes.isEmpty else {
      throw FieldError(field: "set", expected: "given at least one key")
    }
    return changes
  }
}

extension WireFields {
  /// The name the sender gave to this object; of another kind than text or integer it is no name.
  fileprivate var requestID: RequestID? {
    if let number = try? integer("id") { return .number(number) }
    if let text = try? string("id") { return .text(text) }
    return nil
  }
}
