import KugelJSON
import KugelWire

/// The report as a file.
package enum ReportJSON {
  package static func text(_ report: BenchReport) -> String {
    // Only infinite numbers could make it throw, and no division here is by zero.
    guard let bytes = try? JSONPrinter(names: .snake).print(report) else { return "{}\n" }
    return String(decoding: bytes, as: UTF8.self) + "\n"
  }

  package enum ReadError: Error, Equatable {
    case notAReport(String)
    case schema(Int)
  }

  /// The derived figures are computed again from the turns, but for intervals.
  package static func read(_ text: String) throws(ReadError) -> BenchReport {
    struct Head: Decodable { var schema: Int }
    let bytes = Array(text.utf8)
    let reader = JSONReader(names: .snake)
    guard let head = try? reader.read(Head.self, from: bytes) else {
      throw .notAReport("it has no schema number")
    }
    guard head.schema == BenchReport.currentSchema else { throw .schema(head.schema) }
    do {
      var report = try reader.read(BenchReport.self, from: bytes)
      for index in report.cases.indices { report.cases[index].summarise() }
      return report
    } catch {
      throw .notAReport(place(of: error))
    }
  }

  private static func place(of error: any Error) -> String {
    let path: [any CodingKey] =
      switch error {
      case DecodingError.keyNotFound(let key, let context): context.codingPath + [key]
      case DecodingError.typeMismatch(_, let context): context.codingPath
      case DecodingError.valueNotFound(_, let context): context.codingPath
      case DecodingError.dataCorrupted(let context): context.codingPath
      default: []
      }
    let names = path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    return "wrong at " + (names.isEmpty ? "its start" : names.joined(separator: "."))
  }
}
