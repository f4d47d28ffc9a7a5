import KugelText
import KugelWire

/// A list of items, read: what it holds, and what could not be understood of it.
package struct ItemList: Equatable, Sendable {
  package var entries: [ListEntry] = []
  package var problems: [ListProblem] = []

  /// - Parameter kind: nil looks at the first letter: an object is JSON lines, else lines are texts.
  package init(_ text: String, kind: ListKind?) {
    let kind = kind ?? (text.first { !$0.isWhitespace } == "{" ? .jsonl : .lines)
    switch kind {
    case .lines: readLines(text)
    case .jsonl: readObjects(text)
    case .csv: readTable(text)
    }
  }

  private mutating func readLines(_ text: String) {
    for line in NumberedLines(text) where !line.text.allSatisfy(\.isWhitespace) {
      entries.append(
        ListEntry(line: line.number, offset: line.offset, text: line.text, wish: ItemWish()))
    }
  }

  private mutating func readObjects(_ text: String) {
    for line in NumberedLines(text) where !line.text.allSatisfy(\.isWhitespace) {
      do throws(ListFieldError) {
        let fields = try Self.object(line.text)
        add(fields, line: line.number, offset: line.offset)
      } catch {
        problems.append(ListProblem(line: line.number, cause: error.cause))
      }
    }
  }

  private static func object(_ text: String) throws(ListFieldError) -> ListFields {
    let values: [(String, SettingValue)]
    do {
      values = try unsafe Array(text.utf8).withUnsafeBufferPointer { bytes in
        try unsafe withWireObject(bytes) { members in
          // Settings may stand in an object of their own.
          let settings = try members.object("settings")
          return try Self.values(of: members) + (settings.map { try Self.values(of: $0) } ?? [])
        }
      }
    } catch WireSyntaxError.notObject {
      throw ListFieldError(cause: "this is not a JSON object")
    } catch let error as FieldError {
      throw ListFieldError(cause: error.message)
    } catch {
      throw ListFieldError(cause: "this is not JSON")
    }
    var fields = ListFields()
    for (name, value) in values { try fields.set(name, to: value) }
    return fields
  }

  private static func values(of members: WireFields) throws -> [(String, SettingValue)] {
    try members.names.sorted().compactMap { name in
      guard name != "settings", members.has(name) else { return nil }
      return (name, try value(name, in: members))
    }
  }

  private static func value(_ name: String, in members: WireFields) throws -> SettingValue {
    if let text = try? members.string(name) { return .text(text) }
    if let flag = try? members.boolean(name) { return .flag(flag) }
    if let number = try? members.number(name) { return .number(number) }
    if let numbers = try? members.integers(name) { return .numbers(numbers) }
    throw FieldError(field: name, expected: "a text, a number, or true or false")
  }

  private mutating func readTable(_ text: String) {
    let table = CommaTable(text)
    var rows = table.rows[...]
    defer {
      if let line = table.openQuote {
        problems.append(ListProblem(line: line, cause: "a quote begins in it that never ends"))
      }
    }
    guard let head = rows.popFirst() else { return }
    let names = head.fields.map { $0.trimmed.lowercased() }
    guard names.contains("text") else {
      problems.append(
        ListProblem(line: head.line, cause: "the table's head has no column \"text\""))
      return
    }
    // What is wrong with the head is wrong with every row: it is told once.
    do throws(ListFieldError) { try ListFields.check(head: names) } catch {
      problems.append(ListProblem(line: head.line, cause: error.cause))
      return
    }
    for row in rows {
      guard row.fields.count <= names.count else {
        problems.append(
          ListProblem(
            line: row.line, cause: "\(row.fields.count) fields under \(names.count) columns"))
        continue
      }
      var fields = ListFields()
      do throws(ListFieldError) {
        for (name, value) in zip(names, row.fields) where !value.isEmpty && !name.isEmpty {
          try fields.set(name, to: .text(value))
        }
        add(fields, line: row.line, offset: row.offset)
      } catch {
        problems.append(ListProblem(line: row.line, cause: error.cause))
      }
    }
  }

  private mutating func add(_ fields: ListFields, line: Int, offset: Int) {
    guard let text = fields.text else {
      problems.append(ListProblem(line: line, cause: "it has no text"))
      return
    }
    entries.append(ListEntry(line: line, offset: offset, text: text, wish: fields.wish))
  }
}
