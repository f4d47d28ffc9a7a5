/// Where events go.
package enum EventTarget: Equatable, Sendable {
  case file(String)
  case standardOutput
  case descriptor(CInt)

  package init(_ text: String) throws(BadValue) {
    if text == "-" {
      self = .standardOutput
    } else if text.hasPrefix("fd:") {
      guard let number = CInt(text.dropFirst(3)), number > 2 else {
        throw BadValue(expected: "fd:N with a descriptor above 2 that is open")
      }
      self = .descriptor(number)
    } else if text.isEmpty {
      throw BadValue(expected: "a file, - or fd:N")
    } else {
      self = .file(text)
    }
  }
}
