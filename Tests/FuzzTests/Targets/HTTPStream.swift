@testable import KugelTransport

extension FuzzTarget {
  /// Requests: whole against cut; what is refused ends the stream.
  static let http = FuzzTarget("http") { input in
    let whole = read([input[...]])
    var cuts = Cuts(of: input)
    // A stream that is refused may be refused later when it comes whole: more of it is there.
    let cut = read(cuts.pieces(of: input, upTo: 13))
    try same(whole.requests, cut.requests, "requests cut anywhere are the requests of the whole")
    try same(whole.status, cut.status, "both are refused alike")
    let single = read(input.indices.map { input[$0...$0] })
    try same(whole.requests, single.requests, "requests byte by byte are those of the whole")
  }

  private struct Seen: Equatable {
    var requests: [Request] = []
    /// Of the refusal that ended the stream.
    var status: Int?
  }

  private struct Request: Equatable {
    var head: RequestHead
    var body: [UInt8]
  }

  private static func read(_ pieces: [ArraySlice<UInt8>]) -> Seen {
    var parser = RequestParser(headLimit: 500, bodyLimit: 500)
    var seen = Seen()
    for piece in pieces {
      unsafe Array(piece).withUnsafeBytes { unsafe parser.append($0) }
      reading: while true {
        switch parser.next() {
        case .needsMore: break reading
        case .head: continue
        case .request(let head, let body): seen.requests.append(Request(head: head, body: body))
        case .refusal(let status, _): seen.status = status
        }
      }
    }
    return seen
  }
}
