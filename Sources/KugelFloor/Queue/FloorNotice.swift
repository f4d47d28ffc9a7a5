/// What somebody who waits for the speakers learns.
package enum FloorNotice: Equatable, Sendable {
  /// Somebody else plays, or comes first: by this process and this source, if they are known.
  case waiting(for: Int32?, source: String?)
  /// They were suspended, and are waited for no longer.
  case passing(Int32)
  /// While this process was suspended it lost its place.
  case lostPlace
}
