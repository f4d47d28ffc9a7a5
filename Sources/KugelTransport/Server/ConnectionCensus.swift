/// Who is connected, and whether another may come. Pure.
struct ConnectionCensus {
  enum Admission: Equatable {
    case welcome
    /// There are as many connections as there may be.
    case full
    /// There are as many from that place as there may be.
    case crowded
    /// There is not even room to say no.
    case hangUp
  }

  /// Connections beyond the limit that are told so at the same time.
  static let surplus = 32

  private let limit: Int
  private let perPlace: Int?
  private let sparesLoopback: Bool
  private(set) var total = 0
  private var places: [Place: Int] = [:]

  /// - Parameters:
  ///   - perPlace: nil does not count places.
  ///   - sparesLoopback: whether this machine's own connections count only together with all others.
  init(limit: Int, perPlace: Int?, sparesLoopback: Bool) {
    self.limit = limit
    self.perPlace = perPlace
    self.sparesLoopback = sparesLoopback
  }

  /// Counts a connection from `address`, unless it is to be hung up. Each that is counted leaves.
  mutating func enter(_ address: String) -> Admission {
    guard total - Self.surplus < limit else { return .hangUp }
    let isFull = total >= limit
    total += 1
    guard let place = place(of: address) else { return isFull ? .full : .welcome }
    let others = places[place, default: 0]
    places[place] = others + 1
    if let perPlace, others >= perPlace { return .crowded }
    return isFull ? .full : .welcome
  }

  mutating func leave(_ address: String) {
    total -= 1
    guard let place = place(of: address), let count = places[place] else { return }
    places[place] = count > 1 ? count - 1 : nil
  }

  private func place(of address: String) -> Place? {
    guard perPlace != nil, let address = IPAddress(address) else { return nil }
    return sparesLoopback && address.isLoopback ? nil : Place(address)
  }

  /// Where somebody is: an IPv4 address, or the network of an IPv6 address, of which one house has
  /// billions.
  private struct Place: Hashable {
    private let bytes: [UInt8]

    init(_ address: IPAddress) { bytes = Array(address.bytes.prefix(8)) }
  }
}
