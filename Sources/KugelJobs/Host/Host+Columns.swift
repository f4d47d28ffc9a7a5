import KugelScreen

extension Host {
  /// How wide a table on standard output may be; nil for programs, which want a row on a line.
  package var tableWidth: Int? { isTerminal(standardOutput) ? Columns.usualWidth : nil }
}
