/// Values far from the rest, judged by medians because those hardly move with them.
///
/// Source: Iglewicz and Hoaglin 1993: modified z-score above 3.5.
package enum Outliers {
  private static let limit = 3.5
  /// Makes the median deviation comparable with a standard deviation.
  private static let consistency = 0.6745

  /// - Parameter least: differences from the median below this are never outliers.
  /// - Returns: indices, in order.
  package static func indices(in values: [Double], least: Double) -> [Int] {
    guard let median = NearestRank.percentile(50, of: values),
      let deviation = NearestRank.percentile(50, of: values.map { abs($0 - median) })
    else { return [] }
    return values.indices.filter { index in
      let distance = abs(values[index] - median)
      // At least, and above: with most values equal the deviation is 0.
      return distance >= least && distance * consistency > limit * deviation
    }
  }
}
