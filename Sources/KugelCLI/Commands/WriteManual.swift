import Glibc
import KugelJobs

/// `kugel _manual DIR`: write man pages, the files they show, and completions below DIR, as the repository holds them.
package struct WriteManual: Command {
  package static let name = "_manual"
  package static let summary = "Write man pages and completions."
  package static let isHidden = true
  package static let operands = Operands(forms: ["DIR"], choices: .directory)
  package static var flags: [Flag<WriteManual>] { [] }

  package var directory = ""

  package init() {}

  package mutating func take(operands: [String]) throws(UserError) {
    guard operands.count == 1 else { throw .usage("kugel _manual takes one directory") }
    directory = operands[0]
  }

  package func run(in host: Host) throws -> ExitStatus {
    for folder in ["", "/man", "/man/examples", "/completions"] {
      guard unsafe mkdir(directory + folder, 0o777) == 0 || errno == EEXIST else {
        throw failure(directory + folder)
      }
    }
    for page in Self.pages { try write(page.text, to: directory + "/" + page.path) }
    return .done
  }

  /// Every generated file, by its path in the repository.
  package static var pages: [(path: String, text: String)] {
    [("man/kugel.1", ManPage.top)]
      + Catalogue.shown.map { ("man/kugel-\($0.name).1", ManPage.of($0)) }
      + Catalogue.shown.flatMap { $0.manual.listings }.map { ("man/examples/\($0.file)", $0.text) }
      + Completion.Shell.allCases.map { ("completions/\($0.file)", $0.script) }
  }

  private func write(_ text: String, to path: String) throws {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    let code = writeAll(text, to: descriptor)
    close(descriptor)
    if code != 0 { throw UserError(.ioFailed, "\(path): \(systemMessage(code))") }
  }

  private func failure(_ path: String) -> UserError {
    UserError(.cannotCreate, "cannot create \(path): \(systemMessage(errno))")
  }
}
