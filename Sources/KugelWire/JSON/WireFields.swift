import FoundationEssentials

/// What is wrong with one field of a message.
package struct FieldError: Error, Equatable {
  package var field: String
  /// Such as "a number".
  package var expected: String

  package init(field: String, expected: String) {
    self.field = field
    self.expected = expected
  }

  package var message: String { "\(field) must be \(expected)" }
}

/// The members of one JSON object, read leniently: null is as good as absent, a number may be
/// written as an integer or not, members nobody asks for are not looked at.
package struct WireFields {
  private let members: KeyedDecodingContainer<WireKey>
  /// Of all members, in no order.
  ///
  /// Most messages have two or three members of the thirty that could be asked for; a look at this
  /// list is much cheaper than asking the container.
  package let names: [String]

  package init(_ members: KeyedDecodingContainer<WireKey>) {
    self.members = members
    names = members.allKeys.map(\.stringValue)
  }

  package func has(_ name: String) -> Bool {
    names.contains(name) && (try? members.decodeNil(forKey: WireKey(name))) == false
  }

  package func string(_ name: String) throws(FieldError) -> String? {
    try value(name, "a string")
  }

  package func number(_ name: String) throws(FieldError) -> Double? {
    try value(name, "a number")
  }

  package func integer(_ name: String) throws(FieldError) -> Int? {
    try value(name, "an integer")
  }

  /// A number of any kind, to the nearest integer.
  package func rounded(_ name: String) throws(FieldError) -> Int? {
    guard let number = try number(name) else { return nil }
    guard let integer = Int(exactly: number.rounded()) else {
      throw FieldError(field: name, expected: "a number of reasonable size")
    }
    return integer
  }

  package func boolean(_ name: String) throws(FieldError) -> Bool? {
    try value(name, "true or false")
  }

  /// Whether the member is there and true.
  package func flag(_ name: String) throws(FieldError) -> Bool {
    try boolean(name) ?? false
  }

  package func integers(_ name: String) throws(FieldError) -> [Int]? {
    try value(name, "a list of integers")
  }

  package func numbers(_ name: String) throws(FieldError) -> [Double]? {
    try value(name, "a list of numbers")
  }

  package func strings(_ name: String) throws(FieldError) -> [String]? {
    try value(name, "a list of strings")
  }

  package func object(_ name: String) throws(FieldError) -> WireFields? {
    guard has(name) else { return nil }
    do {
      return WireFields(try members.nestedContainer(keyedBy: WireKey.self, forKey: WireKey(name)))
    } catch {
      throw FieldError(field: name, expected: "an object")
    }
  }

  package func objects(_ name: String) throws(FieldError) -> [WireFields]? {
    guard has(name) else { return nil }
    do {
      var elements = try members.nestedUnkeyedContainer(forKey: WireKey(name))
      var objects: [WireFields] = []
      while !elements.isAtEnd {
        objects.append(WireFields(try elements.nestedContainer(keyedBy: WireKey.self)))
      }
      return objects
    } catch {
      throw FieldError(field: name, expected: "a list of objects")
    }
  }

  private func value<Value: Decodable>(
    _ name: String, _ expected: String
  ) throws(FieldError) -> Value? {
    guard names.contains(name) else { return nil }
    do {
      return try members.decodeIfPresent(Value.self, forKey: WireKey(name))
    } catch {
      throw FieldError(field: name, expected: expected)
    }
  }
}

package struct WireKey: CodingKey {
  package let stringValue: String
  package var intValue: Int? { nil }

  package init(_ name: String) { stringValue = name }
  package init?(stringValue: String) { self.stringValue = stringValue }
  package init?(intValue: Int) { nil }
}

/// Why a text is not a JSON object.
package enum WireSyntaxError: Error { case notJSON, notObject }

/// Reads one JSON object by `read`, which sees its members; rethrows what `read` throws.
package func withWireObject<Result>(
  _ json: UnsafeBufferPointer<UInt8>, _ read: @escaping (WireFields) throws -> Result
) throws -> Result {
  let data = unsafe LoneSurrogates.repaired(json).map { Data($0) } ?? Data(buffer: json)
  var root: WireRoot<Result>.Outcome
  do {
    root = try JSONDecoder().decode(WireRoot<Result>.self, from: data, configuration: read).outcome
  } catch {
    throw WireSyntaxError.notJSON
  }
  switch root {
  case .read(let result): return result
  case .failed(let error): throw error
  }
}

/// The outermost value of a message. Failures of reading are kept as values, so that the decoder's
/// own error can only mean that the text is not JSON.
private struct WireRoot<Result>: DecodableWithConfiguration {
  enum Outcome {
    case read(Result)
    case failed(any Error)
  }

  let outcome: Outcome

  init(from decoder: any Decoder, configuration read: (WireFields) throws -> Result) throws {
    guard let members = try? decoder.container(keyedBy: WireKey.self) else {
      outcome = .failed(WireSyntaxError.notObject)
      return
    }
    do {
      outcome = .read(try read(WireFields(members)))
    } catch {
      outcome = .failed(error)
    }
  }
}
