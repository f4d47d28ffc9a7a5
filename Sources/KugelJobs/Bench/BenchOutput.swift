import Glibc
import KugelMeasure
import KugelSystem

/// Where the figures go.
package enum BenchOutput {
  /// Finds out before measuring what would fail afterwards.
  package static func check(_ path: String, overwrite: Bool) throws(UserError) {
    if unsafe access(path.nameBytes, F_OK) == 0 {
      guard overwrite else {
        throw UserError(
          .cannotCreate, "\(path) exists", hint: "Replace it with --force, or choose another name.")
      }
      guard unsafe access(path.nameBytes, W_OK) == 0 else { throw failure(path, .latest) }
    } else {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      let folder = parts.isEmpty ? "." : parts.joined(separator: "/") + "/"
      guard unsafe access(folder.nameBytes, W_OK) == 0 else { throw failure(path, .latest) }
    }
  }

  package static func write(_ report: BenchReport, _ request: BenchRequest, in host: Host) throws {
    let files = [
      (request.json, { ReportJSON.text(report) }), (request.csv, { ReportCSV.text(report) }),
      (request.svg, { SVGPlot.text(report) }),
    ]
    for case (let path?, let text) in files where path != "-" {
      try write(text(), to: path, in: host)
    }
    for case ("-"?, let text) in files { try host.print(text()) }
    guard request.standardOutput.isEmpty else { return }
    let ascii = !host.hasUnicode
    var text = ReportTable.text(report)
    if request.plot { text += "\n" + TerminalPlot.text(report, ascii: ascii) }
    try host.print(ascii ? text.inASCII : text)
  }

  private static func write(
    _ text: String, to path: String, in host: Host
  ) throws(UserError) {
    let descriptor: CInt
    do throws(SystemError) {
      descriptor = try host.createFile(path)
    } catch {
      throw failure(path, error)
    }
    defer { close(descriptor) }
    do throws(SystemError) { try Descriptor.writeAll(text, to: descriptor) } catch {
      throw UserError(.ioFailed, "\(path): \(error.cause)")
    }
  }

  private static func failure(_ path: String, _ error: SystemError) -> UserError {
    UserError(.cannotCreate, "cannot create \(path): \(error.cause)")
  }
}

extension Host {
  /// Whether the locale's characters are UTF-8.
  package var hasUnicode: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let locale = names.lazy.compactMap { variable($0) }.first { !$0.isEmpty } ?? ""
    let letters = locale.lowercased().filter { $0.isLetter || $0.isNumber }
    return letters.hasSuffix("utf8")
  }
}

extension String {
  /// With what tables use beside ASCII written in it.
  fileprivate var inASCII: String {
    let plain: [Character: String] = ["·": "|", "–": "-", "×": "x"]
    return map { plain[$0] ?? ($0.isASCII ? String($0) : "?") }.joined()
  }
}
