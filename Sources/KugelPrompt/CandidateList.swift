import KugelScreen
import KugelText

/// What Tab lists: names in columns, read downwards, as many as help.
package enum CandidateList {
  private static let most = 200

  /// - Parameter width: of the terminal, in columns.
  /// - Returns: lines, each with its end.
  package static func text(_ names: [String], width: Int) -> String {
    let shown = names.prefix(most).map(\.printable)
    let widest = shown.map { CellWidth.of($0) }.max() ?? 0
    let columns = max(1, width / (widest + 2))
    let height = (shown.count + columns - 1) / columns
    var text = ""
    for row in 0..<height {
      let cells = stride(from: row, to: shown.count, by: height).map { shown[$0] }
      text +=
        cells.dropLast().map { padded($0, to: widest + 2) }.joined() + (cells.last ?? "") + "\n"
    }
    return names.count > most ? text + "… and \(names.count - most) more\n" : text
  }
}
