/// The place in an array, or that of what a superclass reads and writes.
struct JSONPlaceKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  static let superclass = JSONPlaceKey(named: "super")

  init(_ place: Int) {
    stringValue = "Index \(place)"
    intValue = place
  }

  init?(stringValue: String) { self.init(named: stringValue) }
  init?(intValue: Int) { self.init(intValue) }

  private init(named name: String) {
    stringValue = name
    intValue = nil
  }
}
