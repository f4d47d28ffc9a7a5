/// A value on the bus, of the few kinds that a media player has.
enum MediaValue: Equatable {
  case text(String)
  case path(String)
  case flag(Bool)
  case number(Double)
  /// 64 bits.
  case integer(Int64)
  case texts([String])
  /// `a{sv}`
  case members([(name: String, value: MediaValue)])

  static func == (one: MediaValue, other: MediaValue) -> Bool {
    switch (one, other) {
    case (.text(let a), .text(let b)), (.path(let a), .path(let b)): a == b
    case (.flag(let a), .flag(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.texts(let a), .texts(let b)): a == b
    case (.members(let a), .members(let b)):
      a.map(\.name) == b.map(\.name) && a.map(\.value) == b.map(\.value)
    default: false
    }
  }

  /// D-Bus specification, "Type System".
  var signature: String {
    switch self {
    case .text: "s"
    case .path: "o"
    case .flag: "b"
    case .number: "d"
    case .integer: "x"
    case .texts: "as"
    case .members: "a{sv}"
    }
  }
}
