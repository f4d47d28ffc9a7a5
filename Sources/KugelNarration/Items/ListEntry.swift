import KugelText
import KugelWire

/// One entry of a list: its text, and what it wants.
package struct ListEntry: Equatable, Sendable {
  /// Of the list, from 1.
  package var line: Int
  /// Scalars of the list before the entry.
  package var offset: Int
  package var text: String
  package var wish: ItemWish
}

/// What is wrong with an entry; the others count.
package struct ListProblem: Error, Equatable, Sendable {
  package var line: Int
  /// A fragment without a stop.
  package var cause: String
}

/// An entry's members by their names, from JSON or from a table.
struct ListFields {
  private(set) var text: String?
  private(set) var wish = ItemWish()

  /// - Throws: what is wrong with the names of a table's columns.
  static func check(head names: [String]) throws(ListFieldError) {
    var seen: Set<String> = []
    for name in names where !name.isEmpty {
      guard seen.insert(name).inserted else {
        throw ListFieldError(cause: "the table's head names \"\(name)\" twice")
      }
      if !own.contains(name) { _ = try key(name) }
    }
  }

  private static func key(_ name: String) throws(ListFieldError) -> SettingKey {
    if let key = SettingKey(named: name), keys.contains(key) { return key }
    let near = nearest(to: name, in: names + keys.map(\.rawValue), limit: 1).first
    throw ListFieldError(
      cause: "nothing is called \"\(name)\" here" + (near.map { "; is it \($0)?" } ?? ""))
  }

  /// Those an entry may have, beside the settings.
  static let names = ["text", "voice", "lang", "name", "title"]
  /// With other names for the same.
  private static let own = Set(names + ["language", "file", "output"])

  /// - Throws: what is wrong, a fragment.
  mutating func set(_ name: String, to value: SettingValue) throws(ListFieldError) {
    switch name {
    case "text": text = value.text
    case "voice": wish.voice = value.text
    case "lang", "language":
      guard SettingKind.isLanguageTag(value.text) else {
        throw ListFieldError(cause: "\(name) takes \(SettingKind.language().expected)")
      }
      wish.language = value.text
    case "name", "file", "output": wish.name = value.text
    case "title": wish.title = value.text
    default:
      let key = try Self.key(name)
      do throws(SettingProblem) {
        wish.settings.append(try SettingChange(key, value, offer: nil))
      } catch {
        throw ListFieldError(cause: error.message)
      }
    }
  }

  /// What is set elsewhere, or would make files that do not fit together.
  private static let keys = SettingKey.ofSession.filter {
    ![.voice, .lang, .sampleRate, .outputFormat, .wordTimestamps, .volume].contains($0)
  }
}

struct ListFieldError: Error { let cause: String }
