import KugelWire

/// One JSON object of a stream, read leniently: what is absent, null or of another kind is nil.
struct StreamObject {
  private let fields: WireFields

  /// nil for what is no JSON, or another value than an object.
  init?(_ json: [UInt8]) {
    var json = SplitSurrogates.marked(json) ?? json
    // What is no UTF-8 costs the letter and not the whole object.
    if String(validating: json, as: UTF8.self) == nil {
      json = Array(String(decoding: json, as: UTF8.self).utf8)
    }
    let fields = unsafe json.withUnsafeBufferPointer { unsafe try? withWireObject($0) { $0 } }
    guard let fields else { return nil }
    self.fields = fields
  }

  private init(fields: WireFields) { self.fields = fields }

  /// Whether the member is there and not null.
  func has(_ name: String) -> Bool { fields.has(name) }

  /// A string that is not empty.
  func text(_ name: String) -> String? {
    guard let text = try? fields.string(name), !text.isEmpty else { return nil }
    return text
  }

  func count(_ name: String) -> Int? { try? fields.rounded(name) }
  func number(_ name: String) -> Double? { try? fields.number(name) }
  func isTrue(_ name: String) -> Bool { (try? fields.flag(name)) ?? false }

  func object(_ name: String) -> StreamObject? {
    (try? fields.object(name)).map { StreamObject(fields: $0) }
  }

  func objects(_ name: String) -> [StreamObject] {
    ((try? fields.objects(name)) ?? []).map { StreamObject(fields: $0) }
  }

  func texts(_ name: String) -> [String] { (try? fields.strings(name)) ?? [] }

  /// How many members it has.
  var size: Int { fields.names.count }
}
