// Reads standard input through the text pipeline in pieces of a few bytes, as a model's tokens come, and
// prints what that cost: `kugel-reading [BYTES]`.
//
// A line of JSON: `bytes`, `pieces`, `seconds`, `spoken` (scalars), and what one piece took, in microseconds:
// `p50`, `p99`, `most`.

import KugelReading
import KugelSystem
import KugelText

let length = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5
let clock = ContinuousClock()

var decoder = TextDecoder()
var pipeline = TextPipeline(.flowing, for: TextTarget(language: "en"))
var costs = Costs()
var bytes = 0
var spoken = 0
var seconds = Duration.zero

while let block = try Descriptor.readPiece(0), !block.isEmpty {
  bytes += block.count
  let begin = clock.now
  var before = begin
  for start in stride(from: 0, to: block.count, by: length) {
    let text = try decoder.decode(block[start..<min(start + length, block.count)])
    spoken += pipeline.feed(text, at: begin).count
    let now = clock.now
    costs.add(now - before)
    before = now
  }
  seconds += before - begin
}
let begin = clock.now
spoken += pipeline.feed(try decoder.finish(), at: begin).count + pipeline.finish().count
seconds += clock.now - begin

print(
  #"{"bytes": \#(bytes), "pieces": \#(costs.count), "seconds": \#(seconds / .seconds(1)), "#
    + #""spoken": \#(spoken), "p50": \#(costs.percentile(50)), "p99": \#(costs.percentile(99)), "#
    + #""most": \#(costs.most)}"#)

/// How often a piece took how long, to a tenth of a microsecond up to 10 ms.
struct Costs {
  private var counts = [Int](repeating: 0, count: 100_000)
  private(set) var count = 0
  /// Microseconds.
  private(set) var most = 0.0

  mutating func add(_ cost: Duration) {
    let microseconds = cost / .microseconds(1)
    counts[min(Int(microseconds * 10), counts.count - 1)] += 1
    count += 1
    most = max(most, microseconds)
  }

  /// Microseconds, by the nearest rank.
  func percentile(_ percent: Int) -> Double {
    var rest = (count * percent + 99) / 100
    for (tenths, found) in counts.enumerated() {
      rest -= found
      if rest <= 0 { return Double(tenths) / 10 }
    }
    return most
  }
}
