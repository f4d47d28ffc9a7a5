import KugelConversation
import KugelSession

/// Lines typed at a terminal, with editing. Used on one thread.
package protocol LineSource: AnyObject {
  var descriptor: CInt { get }
  /// Says what Tab does to the line up to the cursor; without one it does nothing.
  var answerTab: ((_ before: String) -> TabKey.Answer)? { get set }
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
