import Foundation
import Testing

/// A `kugel serve` with the tone engine on loopback, at a free port; gone with its owner.
final class ServedEngine {
  private let process: Running
  let url: String

  init(_ words: String...) throws {
    process = try Running(["serve", "-e", "tone", "--listen", "127.0.0.1:0"] + words)
    var address = Data()
    while address.last != UInt8(ascii: "\n") {
      let more = process.read(atLeast: address.count + 1)
      try #require(more.count > address.count)
      address = more
    }
    url = String(decoding: address.dropLast(), as: UTF8.self)
  }

  deinit { process.send(SIGTERM) }

  /// The words that let a command speak by this service.
  var words: [String] { ["-e", "kugel", "--url", url, "-v", "1"] }
}
