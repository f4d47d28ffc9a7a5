import CEditline
import Glibc
import KugelClient
import KugelConversation
import KugelScreen
import KugelSystem

/// The prompt at a terminal: line editing and history, by libedit. Used on one thread, which from then on
/// takes characters for UTF-8.
@safe package final class LineEditor: LineSource {
  private static let remembered: CInt = 1000
  /// Milliseconds that the rest of a key, which comes in several bytes, may be away.
  private static let patience: CInt = 100

  package let descriptor: CInt = STDIN_FILENO
  package var answerTab: ((_ before: String) -> TabKey.Answer)?
  private let output: CInt
  private let historyFile: String?
  private let editor: OpaquePointer
  private let history: OpaquePointer
  private var isShown = false

  private var keys = KeyReader()
  /// The first character of the key being read.
  private var key: Unicode.Scalar?
  private var isOver = false

  /// - Parameter historyFile: read now, written with every line; nil remembers nothing.
  /// - Returns: nil when libedit cannot work with this terminal.
  package init?(output: CInt, historyFile: String?) {
    Self.readUTF8()
    guard let editor = unsafe kugel_editline_new(), let history = unsafe history_init() else {
      return nil
    }
    unsafe (self.editor, self.history) = (editor, history)
    (self.output, self.historyFile) = (output, historyFile)
    unsafe kugel_editline_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    unsafe kugel_editline_set_prompt(editor)
    unsafe kugel_editline_read_by(editor, readKey)
    unsafe kugel_editline_remember_by(editor, history, Self.remembered)
    if let historyFile { unsafe kugel_history_load(history, historyFile.nameBytes) }
    bindKeys()
  }

  // libedit is not ended: that would throw away what was typed ahead for whoever has the terminal next.
  deinit { hide() }

  /// Text is UTF-8, whatever the environment says; libedit asks the locale.
  private static func readUTF8() {
    guard let locale = unsafe newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else { return }
    _ = unsafe uselocale(locale)
  }

  private func bindKeys() {
    unsafe kugel_editline_define(editor, "kugel-complete", completeLine)
    unsafe kugel_editline_define(editor, "kugel-end", endLines)
    for (key, action) in [
      ("^I", "kugel-complete"), ("^D", "kugel-end"),
      // Those of libedit wait for another key, and everything would wait with them.
      ("^R", "ed-search-prev-history"), ("^V", "ed-unassigned"), ("^Q", "ed-unassigned"),
      ("\\eX", "ed-unassigned"), ("\\ex", "ed-unassigned"),
      ("\\e[1~", "ed-move-to-beg"), ("\\e[7~", "ed-move-to-beg"), ("\\e[H", "ed-move-to-beg"),
      ("\\e[4~", "ed-move-to-end"), ("\\e[8~", "ed-move-to-end"), ("\\e[F", "ed-move-to-end"),
      ("\\e[3~", "ed-delete-next-char"),
      ("\\e[1;5C", "em-next-word"), ("\\e[5C", "em-next-word"), ("\\e\\e[C", "em-next-word"),
      ("\\e[1;5D", "ed-prev-word"), ("\\e[5D", "ed-prev-word"), ("\\e\\e[D", "ed-prev-word"),
    ] {
      unsafe kugel_editline_bind(editor, key, action)
    }
    // The user's own wishes, in .editrc.
    _ = unsafe el_source(editor, nil)
  }

  // MARK: The line

  package func begin() {
    guard !isShown else { return }
    isShown = true
    unsafe kugel_editline_take_terminal(editor, 1)
  }

  /// Gives the terminal back as it was, without the prompt.
  package func hide() {
    guard isShown else { return }
    leave()
    try? Descriptor.writeAll("\r\u{1B}[K", to: output)
  }

  private func leave() {
    isShown = false
    unsafe kugel_editline_take_terminal(editor, 0)
  }

  package func read() -> [TypedLine] {
    var lines: [TypedLine] = []
    repeat {
      key = nil
      var count: CInt = 0
      let characters = unsafe el_wgets(editor, &count)
      let typed = unsafe UnsafeBufferPointer(start: characters, count: max(0, Int(count)))
      if let last = unsafe typed.last, last == 0x0A || last == 0x0D {
        let text = unsafe Self.text(typed.dropLast())
        if !text.allSatisfy(\.isWhitespace) { remember(text) }
        lines.append(.line(text))
        // libedit keeps the line that is complete until it begins anew.
        leave()
        begin()
      }
    } while keys.isAhead && !isOver
    if isOver {
      lines.append(.end)
      leave()
      try? Descriptor.writeAll("\n", to: output)
    }
    return lines
  }

  package func show(_ text: String) {
    guard isShown else {
      try? Descriptor.writeAll(text, to: output)
      return
    }
    try? Descriptor.writeAll("\r\u{1B}[K" + text, to: output)
    unsafe kugel_editline_redraw(editor)
  }

  package func discard() {
    guard isShown else { return }
    leave()
    try? Descriptor.writeAll("\n", to: output)
    begin()
  }

  private static func text(_ characters: some Sequence<wchar_t>) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(
      contentsOf: characters.lazy.map { Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}" })
    return String(scalars)
  }

  private func remember(_ line: String) {
    unsafe kugel_history_add(history, line)
    if let historyFile { unsafe kugel_history_save(history, historyFile.nameBytes) }
  }

  // MARK: Keys

  fileprivate static func of(_ editor: OpaquePointer?) -> LineEditor? {
    guard let owner = unsafe kugel_editline_owner(editor) else { return nil }
    return unsafe Unmanaged<LineEditor>.fromOpaque(owner).takeUnretainedValue()
  }

  /// - Returns: nil when nothing comes in time, or nothing comes any more.
  fileprivate func nextCharacter() -> Unicode.Scalar? {
    // Some actions ask for another key, which somebody has yet to press.
    let patience = key == nil || key == "\u{1B}" ? Self.patience : -1
    let next = keys.next(
      first: { readByte(within: patience) }, rest: { readByte(within: Self.patience) })
    key = key ?? next
    return next
  }

  private func readByte(within milliseconds: CInt) -> UInt8? {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let ready = unsafe poll(&entry, 1, milliseconds)
      if ready == 0 { return nil }
      var byte: UInt8 = 0
      let count = ready < 0 ? -1 : unsafe Glibc.read(descriptor, &byte, 1)
      if count == 1 { return byte }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      isOver = true
      return nil
    }
  }

  /// Ctrl-D means the end on an empty line only.
  fileprivate func end() {
    let line = unsafe el_wline(editor)
    if let line = unsafe line, unsafe line.pointee.buffer == line.pointee.lastchar { isOver = true }
  }

  /// - Returns: what libedit is to do about the line.
  fileprivate func complete() -> CInt {
    guard let answerTab, let line = unsafe el_wline(editor) else { return CC_ERROR }
    let before = unsafe Self.text(
      UnsafeBufferPointer(
        start: line.pointee.buffer, count: line.pointee.cursor - line.pointee.buffer))
    switch answerTab(before) {
    case .nothing: return CC_ERROR
    case .replace(let count, let text):
      unsafe el_deletestr(editor, CInt(clamping: count))
      _ = unsafe el_winsertstr(
        editor, text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0])
      return CC_REFRESH
    case .list(let candidates):
      try? Descriptor.writeAll("\n" + CandidateList.text(candidates, width: width), to: output)
      unsafe kugel_editline_redraw(editor)
      return CC_NORM
    }
  }

  private var width: Int {
    var size = winsize()
    let isKnown = unsafe ioctl(output, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : Columns.usualWidth
  }
}

/// Called by libedit for each character of a key.
private func readKey(_ editor: OpaquePointer?, _ character: UnsafeMutablePointer<wchar_t>?)
  -> CInt
{
  guard let next = unsafe LineEditor.of(editor)?.nextCharacter() else { return 0 }
  unsafe character?.pointee = wchar_t(bitPattern: next.value)
  return 1
}

private func endLines(_ editor: OpaquePointer?, _ key: wint_t) -> UInt8 {
  unsafe LineEditor.of(editor)?.end()
  return UInt8(CC_NORM)
}

private func completeLine(_ editor: OpaquePointer?, _ key: wint_t) -> UInt8 {
  UInt8(unsafe LineEditor.of(editor)?.complete() ?? CC_ERROR)
}
