/// A number that was understood.
struct NumberReading: Equatable {
  var end: Int
  var text: String
}
