import Glibc
import KugelNarration
import KugelSystem

/// A file of subtitles that grows with what is spoken, in whole cues; nothing stays of one that got none.
final class SubtitleFile {
  private let descriptor: CInt
  private var text: SubtitleText
  private var speakers: [String] = []
  /// Kept where a speaker who comes later changes the head.
  private var cues: [Cue] = []
  /// Where it is, while it was not there before and holds no cue.
  private var vainPath: String?

  /// - Throws: 73 when it cannot be made.
  init(_ output: SubtitleOutput, in host: Host) throws(UserError) {
    let status = try? FileStatus(of: output.path)
    if let status, status.kind == .regular, status.size > 0, !output.overwrite {
      throw UserError(
        .cannotCreate, "cannot create \(output.path): it exists",
        hint: "--force replaces it; or give another name with --subs FILE.")
    }
    text = SubtitleText(output.kind)
    vainPath = status == nil ? output.path : nil
    do throws(SystemError) {
      descriptor = try host.createFile(output.path)
      try Descriptor.writeAll(text.head(), to: descriptor)
    } catch {
      throw UserError(.cannotCreate, "cannot create \(output.path): \(error.cause)")
    }
  }

  deinit {
    if let vainPath { unsafe unlink(vainPath.nameBytes) }
    close(descriptor)
  }

  func add(_ cues: [Cue]) throws(SystemError) {
    guard !cues.isEmpty else { return }
    vainPath = nil
    if text.kind == .ass, try restyle(for: cues) { return }
    var more = ""
    for cue in cues { more += text.next(cue) }
    try Descriptor.writeAll(more, to: descriptor)
  }

  func finish() throws(SystemError) { try Descriptor.writeAll(text.tail, to: descriptor) }

  /// Styles stand in the head: with a new speaker all is written once more.
  private func restyle(for more: [Cue]) throws(SystemError) -> Bool {
    cues += more
    let known = speakers.count
    for case let speaker? in more.map(\.speaker) where !speakers.contains(speaker) {
      speakers.append(speaker)
    }
    guard speakers.count > known else { return false }
    text = SubtitleText(text.kind)
    var whole = text.head(speakers: speakers)
    for cue in cues { whole += text.next(cue) }
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw .latest }
    try Descriptor.writeAll(whole, to: descriptor)
    return true
  }
}
