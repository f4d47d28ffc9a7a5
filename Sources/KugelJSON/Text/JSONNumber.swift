/// A number as it is written: it has no size until somebody asks for one.
struct JSONNumber {
  private let sign: Bool
  /// Its value is that of the digits, times ten to the power of the exponent.
  private let digits: [UInt8]
  private let exponent: Int

  /// - Parameter written: a number by the grammar of JSON.
  /// - Returns: nil when the exponent is out of all bounds.
  init?(_ written: ArraySlice<UInt8>) {
    sign = written.first == UInt8(ascii: "-")
    var digits: [UInt8] = []
    var exponent = 0
    var isFraction = false
    loop: for place in written.indices {
      switch written[place] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits.append(written[place] - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        let power = String(decoding: written[(place + 1)...], as: UTF8.self)
        guard let power = Int(power), power.magnitude < 1 << 32 else { return nil }
        exponent += power
        break loop
      default: break
      }
    }
    while digits.last == 0, digits.count > 1 || exponent != 0 {
      digits.removeLast()
      exponent = digits.isEmpty ? 0 : exponent + 1
      if digits.isEmpty { digits = [0] }
    }
    self.digits = digits
    self.exponent = exponent
  }

  /// Exactly this number; nil when it is no integer, or does not fit.
  func integer<Number: FixedWidthInteger>() -> Number? {
    guard exponent >= 0, digits.count + exponent <= 40 else { return nil }
    var value: Number = 0
    for place in 0..<(digits.count + exponent) {
      let digit = Number(truncatingIfNeeded: place < digits.count ? digits[place] : 0)
      let (tens, isBeyond) = value.multipliedReportingOverflow(by: 10)
      let (sum, isOver) =
        sign ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      guard !isBeyond, !isOver else { return nil }
      value = sum
    }
    return value
  }
}
