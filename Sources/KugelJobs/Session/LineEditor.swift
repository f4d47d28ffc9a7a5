import CEditline
import Glibc
import KugelClient
import KugelSystem
import Synchronization

/// The prompt at a terminal: line editing and history, by libedit. There is one in a process, since
/// libedit's state is the process's.
@safe package final class LineEditor: LineSource {
  /// libedit hands lines to a function without context.
  fileprivate static let typed = Mutex<[TypedLine]>([])
  private static let prompt = "kugel> "
  private static let remembered: CInt = 1000

  package let descriptor: CInt = STDIN_FILENO
  private let output: CInt
  private let historyFile: String?
  private var isShown = false

  /// - Parameter historyFile: read now, written with every line; nil remembers nothing.
  package init(output: CInt, historyFile: String?) {
    self.output = output
    self.historyFile = historyFile
    kugel_editline_leave_signals()
    using_history()
    stifle_history(Self.remembered)
    if let historyFile { _ = unsafe read_history(historyFile.nameBytes) }
  }

  deinit { hide() }

  package func begin() {
    guard !isShown else { return }
    isShown = true
    unsafe rl_callback_handler_install(Self.prompt, keepTypedLine)
    // libedit's own answer to Ctrl-D does not reach the handler of an unbuffered line.
    _ = unsafe rl_add_defun("kugel-end", endTyping, 4)
  }

  /// Gives the terminal back as it was, without the prompt.
  package func hide() {
    guard isShown else { return }
    leave()
    try? Descriptor.writeAll("\r\u{1B}[K", to: output)
  }

  private func leave() {
    isShown = false
    rl_callback_handler_remove()
  }

  package func read() -> [TypedLine] {
    rl_callback_read_char()
    let lines = Self.typed.withLock { lines in
      defer { lines = [] }
      return lines
    }
    for case .line(let text) in lines where !text.allSatisfy(\.isWhitespace) { remember(text) }
    if lines.isEmpty { return [] }
    // libedit keeps the line that is complete until it begins anew.
    leave()
    if lines.contains(.end) { try? Descriptor.writeAll("\n", to: output) } else { begin() }
    return lines
  }

  package func show(_ text: String) {
    guard isShown else {
      try? Descriptor.writeAll(text, to: output)
      return
    }
    try? Descriptor.writeAll("\r\u{1B}[K" + text, to: output)
    rl_forced_update_display()
  }

  package func discard() {
    guard isShown else { return }
    leave()
    try? Descriptor.writeAll("\n", to: output)
    begin()
  }

  private func remember(_ line: String) {
    _ = unsafe add_history(line)
    if let historyFile { _ = unsafe write_history(historyFile.nameBytes) }
  }
}

/// Called by libedit with Ctrl-D, which means the end on an empty line only.
private func endTyping(_ count: CInt, _ key: CInt) -> CInt {
  if kugel_editline_length() == 0 { LineEditor.typed.withLock { $0.append(.end) } }
  return 0
}

/// Called by libedit with each line that is complete, which is then ours to free.
private func keepTypedLine(_ line: UnsafeMutablePointer<CChar>?) {
  guard let line = unsafe line else { return }
  let text = unsafe String(cString: line)
  unsafe free(line)
  LineEditor.typed.withLock { $0.append(.line(text)) }
}
