/// Lines typed at a terminal, with editing. Used on one thread.
package protocol LineSource: AnyObject {
  var descriptor: CInt { get }
  /// Shows the prompt.
  func begin()
  /// Whatever was completed by what has been typed.
  func read() -> [TypedLine]
  /// Writes text above the line being typed.
  func show(_ text: String)
  /// Gives the terminal back as it was; `begin` takes it again.
  func hide()
  /// Forgets the line being typed.
  func discard()
}

package enum TypedLine: Equatable, Sendable {
  case line(String)
  /// Ctrl-D on an empty line.
  case end
  case interrupt
}
