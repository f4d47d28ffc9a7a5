import Glibc
import KugelMeasure

/// What `bench` reads.
package enum BenchInput {
  /// - Returns: what the text is called in reports, and the text.
  /// - Throws: 65 when there is nothing to say, 66 when it cannot be read.
  package static func text(
    of request: BenchRequest, in host: Host
  ) throws(UserError) -> (name: String, text: String) {
    switch request.text {
    case .builtIn(let text): return (text.rawValue, text.text)
    case .file(let path):
      let text = try InputText.read(path, warns: request.verbosity != .quiet, in: host)
      guard !text.allSatisfy(\.isWhitespace) else {
        throw UserError(.badInput, "nothing to say: \(InputText.name(of: path)) holds no word")
      }
      let name = path == "-" ? "standard input" : String(path.split(separator: "/").last ?? "")
      return (name, text)
    }
  }

  /// - Throws: 66 when it cannot be read, 65 when it is no report.
  package static func report(_ path: String, in host: Host) throws(UserError) -> BenchReport {
    let text = try InputText.read(path, warns: false, in: host)
    do throws(ReportJSON.ReadError) {
      return try ReportJSON.read(text)
    } catch {
      switch error {
      case .notAReport(let cause):
        throw UserError(.badInput, "\(path) is not what kugel bench --json writes: \(cause)")
      case .schema(let number):
        throw UserError(
          .badInput,
          "\(path) has the schema \(number), and this kugel knows \(BenchReport.currentSchema)",
          hint: "Measure it again with this version.")
      }
    }
  }
}
