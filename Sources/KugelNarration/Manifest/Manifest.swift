/// What is finished in a directory, as its manifest tells: JSON lines, of which the last one about a file
/// counts.
package struct Manifest: Equatable, Sendable {
  package static let fileName = "kugel-manifest.jsonl"

  /// In the order of the first lines about their files.
  package private(set) var entries: [ManifestEntry] = []
  /// Where that of a file stands.
  private var places: [String: Int] = [:]
  /// Bytes up to the end of the last whole line.
  package private(set) var wholeBytes = 0
  /// A line of it is not needed any more.
  package private(set) var isLong = false

  package init() {}

  /// A last line without its end was torn by a power cut, and is none; whatever it told of was not given
  /// its name yet.
  ///
  /// - Throws: the number of a line that is none of a manifest.
  package init(_ bytes: [UInt8]) throws(ManifestError) {
    var start = 0
    var number = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      number += 1
      if end > start {
        do { take(try ManifestEntry(line: Array(bytes[start..<end]))) } catch {
          // Blocks that a power cut left unwritten are zeros.
          guard bytes[start..<end].contains(0) else { throw ManifestError(line: number) }
          isLong = true
        }
      }
      start = end + 1
    }
    wholeBytes = start
  }

  package mutating func take(_ entry: ManifestEntry) {
    if let place = places[entry.file] {
      entries[place] = entry
      isLong = true
    } else {
      places[entry.file] = entries.count
      entries.append(entry)
    }
    if entry.state == .gone { isLong = true }
  }

  /// Files in the order of their first lines.
  package var order: [String] { entries.map(\.file) }

  /// What is told of a file, also where that is gone.
  package func entry(of file: String) -> ManifestEntry? { places[file].map { entries[$0] } }

  /// What is finished of a file.
  package subscript(file: String) -> ManifestEntry? {
    entry(of: file).flatMap { $0.state == .gone ? nil : $0 }
  }

  /// The subtitles beside a file that were made here, also where the file itself is gone.
  package func subtitles(beside file: String) -> [SubtitleKind] {
    entry(of: file)?.subtitles ?? []
  }

  /// The names of all subtitles that were made here, each with the file it belongs to.
  package var subtitleOwners: [String: String] {
    var owners: [String: String] = [:]
    for entry in entries where !entry.isJoined {
      for kind in entry.subtitles {
        owners[FileName.changing(entry.file, ending: kind.rawValue)] = entry.file
      }
    }
    return owners
  }

  /// Files that it tells of and a list does not.
  package func files(beside names: Set<String>) -> [String] {
    order.filter { name in
      !names.contains(name) && self[name].map { !$0.isJoined } ?? false
    }
  }

  /// The whole manifest, each file once: those of the list in its order, then the others in theirs.
  package func entries(inOrderOf names: [String]) -> [ManifestEntry] {
    let listed = Set(names)
    return (names.lazy.compactMap(entry(of:)) + entries.lazy.filter { !listed.contains($0.file) })
      .filter { $0.state != .gone || !$0.subtitles.isEmpty || $0.isJoined }
  }

  package func text(inOrderOf names: [String]) -> [UInt8] {
    entries(inOrderOf: names).flatMap(\.line)
  }
}

/// A manifest that is none.
package struct ManifestError: Error, Equatable, Sendable {
  /// From 1.
  package var line: Int

  package init(line: Int) { self.line = line }
}
