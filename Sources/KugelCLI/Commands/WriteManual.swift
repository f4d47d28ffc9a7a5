import KugelJobs
import KugelSystem

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
      do throws(SystemError) { try Folder.make(directory + folder) } catch {
        throw UserError(.cannotCreate, "cannot create \(directory + folder): \(error.cause)")
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
    do throws(SystemError) { try SmallFile.replace(path, with: text) } catch {
      throw UserError(.cannotCreate, "cannot create \(path): \(error.cause)")
    }
  }
}
