/// The files that one run reads and writes, to find those that are named twice.
package struct FileUses {
  /// Two names of one place where something would be lost.
  package struct Conflict: Equatable {
    /// As the user wrote them.
    package let first: String
    package let second: String
    package let path: String
  }

  private struct Use {
    let option: String
    let path: String
    let place: FilePlace
    let isWritten: Bool
  }

  private var uses: [Use] = []

  package init() {}

  /// - Parameters:
  ///   - path: nil and `-` are no files of their own.
  ///   - option: as the user wrote it.
  package mutating func read(_ path: String?, by option: String) { add(path, option, false) }
  package mutating func write(_ path: String?, by option: String) { add(path, option, true) }

  /// What a shell has connected.
  package mutating func add(_ descriptor: CInt, called name: String, isWritten: Bool) {
    guard let status = try? FileStatus(of: descriptor), status.kind == .regular else { return }
    uses.append(
      Use(option: name, path: name, place: .file(status.identity), isWritten: isWritten))
  }

  private mutating func add(_ path: String?, _ option: String, _ isWritten: Bool) {
    guard let path, path != "-", let place = FilePlace(path) else { return }
    // Pipes, terminals and the like are no places where something is lost.
    if let status = try? FileStatus(of: path), status.kind != .regular { return }
    uses.append(Use(option: option, path: path, place: place, isWritten: isWritten))
  }

  /// The first that would be written over what is read, or two things to one place.
  package var conflict: Conflict? {
    for (index, use) in uses.enumerated() {
      for other in uses[..<index]
      where use.place == other.place && (use.isWritten || other.isWritten) {
        return Conflict(first: other.option, second: use.option, path: use.path)
      }
    }
    return nil
  }
}
