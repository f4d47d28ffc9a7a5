/// A number as it is written: its whole part, and the digits behind its decimal mark.
struct WrittenAmount: Equatable, Sendable {
  var whole: Int
  var fraction: String?
  var isGrouped = false

  var isWhole: Bool { fraction == nil }
}
