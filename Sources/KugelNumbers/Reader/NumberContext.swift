/// What stands before a number.
struct NumberContext {
  var before: Unicode.Scalar
  /// In lower case.
  var word = ""
}
