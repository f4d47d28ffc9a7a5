/// Why a text is not a JSON object.
package enum JSONObjectError: Error { case notJSON, notObject }

/// The members of one object. Of members of one name the first counts.
package struct JSONObject: Sendable {
  /// So many are looked through faster than a table is made.
  private static let few = 16

  /// In the order they are written.
  package private(set) var names: [String] = []
  private var ranges: [Range<Int>] = []
  /// Where each name stands; only of many.
  private var places: [String: Int] = [:]
  private let text: JSONScanner

  /// - Parameter json: UTF-8. A byte order mark before it is passed over.
  package init(_ json: [UInt8]) throws(JSONObjectError) {
    let text = JSONScanner(bytes: json)
    var members: [JSONScanner.Member] = []
    guard let end = text.end(ofObjectAt: text.start, member: { members.append($0) }) else {
      throw JSONValue(json) == nil ? .notJSON : .notObject
    }
    guard text.blanksEnd(from: end) == json.count else { throw .notJSON }
    guard let object = JSONObject(text, members) else { throw .notObject }
    self = object
  }

  /// - Returns: nil when a name is not UTF-8.
  init?(_ text: JSONScanner, _ members: [JSONScanner.Member]) {
    self.text = text
    for member in members {
      let quoted = (member.name.lowerBound - 1)..<(member.name.upperBound + 1)
      guard let name = JSONValue(text, quoted).string else { return nil }
      if members.count > Self.few {
        if places[name] != nil { continue }
        places[name] = names.count
      } else if names.contains(name) {
        continue
      }
      names.append(name)
      ranges.append(member.value)
    }
  }

  package subscript(_ name: String) -> JSONValue? {
    let place = places.isEmpty ? names.firstIndex(of: name) : places[name]
    return place.map { JSONValue(text, ranges[$0]) }
  }
}
