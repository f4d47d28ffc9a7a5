import Glibc
import KugelJobs
import KugelNarration
import KugelSystem

// What stands beside the sound.
extension NarrateJob {
  /// Subtitles that stood beside a file of another format, and have the names of those to be made, go over to
  /// the file that is made now.
  func takeOverSubtitles(in folder: NarrationFolder) throws(UserError) {
    guard !request.subtitles.isEmpty else { return }
    let owners = folder.manifest.subtitleOwners
    var claims: [ManifestEntry] = []
    var released: [String: ManifestEntry] = [:]
    for entry in entries where entry.decision.touches {
      var claim: ManifestEntry?
      for kind in request.subtitles {
        let name = FileName.changing(entry.file, ending: kind.rawValue)
        guard let owner = owners[name], owner != entry.file,
          var other = released[owner] ?? folder.manifest.entry(of: owner)
        else { continue }
        other.subtitles.removeAll { $0 == kind }
        released[owner] = other
        var own =
          claim ?? folder.manifest.entry(of: entry.file)
          ?? ManifestEntry(file: entry.file, state: .gone)
        own.subtitles.append(kind)
        // They are made anew, as they may hold another text.
        own.look = ""
        claim = own
      }
      if let claim { claims.append(claim) }
    }
    try folder.note(claims + released.values.sorted { $0.file < $1.file })
  }

  /// Subtitles of kinds that nobody asked for this time, beside files that are made anew.
  func staleSubtitles(
    of indices: [Int], in folder: NarrationFolder
  ) -> [String: [SubtitleKind]] {
    var stale: [String: [SubtitleKind]] = [:]
    for file in indices.lazy.map({ entries[$0].file }) {
      let kinds = folder.manifest.subtitles(beside: file).filter {
        !request.subtitles.contains($0)
          && folder.state(of: FileName.changing(file, ending: $0.rawValue)) != .absent
      }
      if !kinds.isEmpty { stale[file] = kinds }
    }
    return stale
  }

  /// Subtitles of items that were there without.
  mutating func addSubtitles(in folder: NarrationFolder) throws {
    var added: [NarrationFolder.Made] = []
    for entry in entries where entry.decision == .keep {
      guard var known = folder.manifest[entry.file] else { continue }
      let look = request.cues.description
      let missing = request.subtitles.filter { kind in
        // Those that look otherwise than is wanted now, or are somebody else's and to be replaced.
        guard known.look == look, known.subtitles.contains(kind) else { return true }
        let name = FileName.changing(entry.file, ending: kind.rawValue)
        return folder.state(of: name) == .absent
      }
      guard !missing.isEmpty else { continue }
      known.look = look
      known.subtitles += missing.filter { !known.subtitles.contains($0) }
      var files: [(part: String, name: String)] = []
      do throws(SystemError) {
        for kind in missing {
          let part = folder.part(entry.file, hash: entry.hash, ending: kind.rawValue + "~")
          files.append((part, FileName.changing(entry.file, ending: kind.rawValue)))
          try ItemSubtitles.write(kind, of: entry.item, known, request.cues, to: part)
        }
        added.append(NarrationFolder.Made(entry: known, files: files))
      } catch {
        for file in files { unsafe unlink(file.part.nameBytes) }
        problems.append(
          NarrationFailure(place: entry.item.place, cause: "its subtitles: \(error.cause)"))
      }
    }
    for lost in try folder.commit(added) {
      problems.append(
        NarrationFailure(
          place: lost.entry.file, cause: "its subtitles: \(SystemError(code: ENOSPC).cause)"))
    }
  }
}
