import KugelAudio
import KugelJobs
import KugelNarration
import KugelScreen
import KugelSystem

extension NarrateJob {
  /// Finds out before anything is made whether the joined file may be.
  ///
  /// - Throws: 73 when somebody else made what has its name, 66 or 65 for a cover that is none.
  func checkJoin(_ manifest: Manifest) throws(UserError) {
    guard let join = request.join else { return }
    if let cover = join.cover { _ = try CoverFile.read(cover) }
    if join.kind == .m4b, !ChildProcess.isInstalled("ffmpeg") {
      throw UserError(
        .unavailable, "\(join.path) is made by ffmpeg, which is not installed",
        hint: "Install it; or join into .mp3, .opus, .flac or .wav.")
    }
    if let place = FilePlace(join.path),
      let item = entries.first(where: {
        $0.hasName && place == FilePlace("\(request.directory)/\($0.file)")
      })
    {
      throw UserError(
        .usage, "\(join.path) is both what is joined and a part of it: \(item.item.place)",
        hint: "Give another name with --join FILE.")
    }
    let parent = FileName.folder(of: join.path)
    guard (try? FileStatus(of: parent))?.kind == .directory else {
      throw UserError(
        .cannotCreate, "cannot create \(join.path): there is no folder \(parent)",
        hint: "Give another place with --join FILE.")
    }
    guard !request.overwrites else { return }
    let key = key(of: join)
    let joins = manifest.entries.filter(\.isJoined)
    if let size = try? FileStatus(ofLink: join.path).size,
      // One that was begun is ours, however far it came.
      !joins.contains(where: { $0.file == key && ($0.state == .gone || $0.bytes == size) })
    {
      throw Self.foreign(join.path)
    }
    for kind in request.subtitles {
      let path = FileName.changing(join.path, ending: kind.rawValue)
      let isOurs = joins.contains {
        $0.subtitles.contains(kind)
          && FileName.changing($0.file, ending: kind.rawValue)
            == FileName.changing(key, ending: kind.rawValue)
      }
      if !isOurs, (try? FileStatus(ofLink: path)) != nil { throw Self.foreign(path) }
    }
  }

  /// What the manifest calls it, from wherever and however the file is named: a path below the directory, which may
  /// be moved with it, or the whole path. No item is called so.
  private func key(of join: JoinRequest) -> String {
    let parent = RealPath.of(FileName.folder(of: join.path))
    let whole = (parent == "/" ? "" : parent) + "/" + FileName.last(of: join.path)
    let directory = RealPath.of(request.directory) + "/"
    return whole.hasPrefix(directory) ? "./" + whole.dropFirst(directory.count) : whole
  }

  private static func foreign(_ path: String) -> UserError {
    UserError(
      .cannotCreate, "cannot create \(path): it exists",
      hint: "--force replaces it; or give another name with --join FILE.")
  }

  /// Joins the items, unless that is done and none of them has changed.
  ///
  /// - Returns: the signal that ended it.
  func join(
    _ items: some Sequence<NarrationReport.Item>, in folder: NarrationFolder
  ) throws -> CInt? {
    guard let join = request.join else { return nil }
    let items = Array(items)
    let made = items.compactMap(\.entry)
    guard isWhole, made.count == items.count, let spoken = request.rate ?? made.first?.rate else {
      host.tell("kugel: \(join.path) is not joined, because items are missing")
      return nil
    }
    let rate = join.rate(of: spoken)
    let titles = items.map { $0.item.wish.title ?? $0.item.title ?? FileName.stem(of: $0.file) }
    let hash = ContentHash.of(
      made.map(\.hash).joined(separator: "\n") + "\n" + titles.joined(separator: "\n"),
      traits: [
        "gap": "\(join.gap)", "title": join.title ?? "", "author": join.author ?? "",
        "cover": join.cover ?? "", "kind": "\(join.kind)", "rate": "\(rate)",
        "subs": "\(request.subtitles) \(request.cues)",
      ])
    let key = key(of: join)
    if let known = folder.manifest[key], known.hash == hash,
      (try? FileStatus(of: join.path).size) == known.bytes
    {
      return nil
    }
    let parts = zip(items, titles).map {
      JoinedBook.Part(path: "\(folder.path)/\($0.file)", title: $1)
    }
    var begun = ManifestEntry(file: key, state: .gone)
    (begun.source, begun.subtitles) = (ManifestEntry.joined, request.subtitles)
    try folder.note([begun])
    let wish = EndWish()
    try Interruption.watch { wish.strike($0) }
    guard let (starts, samples) = try JoinedBook(join, parts, rate: rate, until: wish).make()
    else { return wish.signal }
    var entry = ManifestEntry(file: key, state: .done)
    (entry.hash, entry.source) = (hash, ManifestEntry.joined)
    (entry.samples, entry.rate) = (samples, rate)
    entry.bytes = (try? FileStatus(of: join.path).size) ?? 0
    entry.subtitles = request.subtitles
    try writeSubtitles(items, starts, rate)
    try folder.note([entry])
    if request.verbosity != .quiet {
      host.tell(
        "kugel: joined into \(join.path), \(StatusLine.clock(Double(samples) / Double(rate)))")
    }
    return nil
  }

  /// Those of all items, with their times in the joined file.
  private func writeSubtitles(
    _ items: [NarrationReport.Item], _ starts: [Int], _ rate: Int
  ) throws(UserError) {
    guard let join = request.join else { return }
    for kind in request.subtitles {
      var cues: [Cue] = []
      for (item, start) in zip(items, starts) {
        guard let entry = item.entry else { continue }
        cues += ItemSubtitles.cues(
          of: item.item, entry, request.cues, behind: Double(start) / Double(rate))
      }
      let path = FileName.changing(join.path, ending: kind.rawValue)
      try ReportFile.write(Array(SubtitleText.text(kind, cues, title: join.title).utf8), to: path)
    }
  }
}
