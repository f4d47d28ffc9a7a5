/// What a program calls one of its requests; the replies to it carry it.
package enum RequestID: Equatable, Sendable {
  case text(String)
  case number(Int)
}
