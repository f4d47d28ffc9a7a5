import KugelFloor
import KugelScreen
import KugelSystem
import KugelText

/// Says for whom this process waits before it has anything else to show: on the status line of a terminal,
/// elsewhere in a line of its own, once.
final class WaitingLine {
  private let request: RunRequest
  private let host: Host
  private let hasStatus: Bool
  /// Who was named.
  private var name: String?
  private var isShown = false

  init(_ request: RunRequest, in host: Host) {
    self.request = request
    self.host = host
    hasStatus = request.showsStatus(in: host)
  }

  func tell(_ notice: FloorNotice) {
    guard case .waiting(let process, let source) = notice else {
      hide()
      if request.verbosity != .quiet { host.tell("kugel: \(notice.sentence.printable)") }
      return show()
    }
    let isFirst = name == nil
    name = FloorNotice.name(of: process, source).printable
    if hasStatus {
      show()
    } else if isFirst, request.verbosity != .quiet {
      host.tell("kugel: \(notice.sentence.printable)")
    }
  }

  /// Also anew, behind what others have written meanwhile.
  func show() {
    guard hasStatus, let name else { return }
    var line = StatusLine()
    line.waitsFor = name
    write("\r\u{1B}[K" + line.text(width: host.screenWidth))
    isShown = true
  }

  func hide() {
    if isShown { write("\r\u{1B}[K") }
    isShown = false
  }

  private func write(_ text: String) { try? Descriptor.writeAll(text, to: host.standardError) }
}
