import KugelText

/// What is to be done about one item, and why.
package enum ItemDecision: Equatable, Sendable {
  package enum Reason: String, Equatable, Sendable {
    case new
    /// Its text or what shapes its sound is another one now.
    case changed
    /// The manifest tells of it, and the file is not there.
    case missing
    case forced
  }

  package enum Refusal: Equatable, Sendable {
    /// Nobody knows who made the file that has its name.
    case foreign
    /// The same of what would stand beside it.
    case foreignBeside(String)
    /// The file is not as it was made.
    case altered
    /// The file was made of another list's item.
    case ofOtherSource(String)
    case unspeakable
    case empty
    /// Two items would share a file; the other's place.
    case collision(String)
    case badName(String)
  }

  case make(Reason)
  /// It is there already.
  case keep
  /// Another machine makes it.
  case elsewhere
  case refuse(Refusal)

  /// Whether files of the item may be written.
  package var touches: Bool {
    switch self {
    case .make, .keep: true
    case .elsewhere, .refuse: false
    }
  }
}

/// What stands under a name.
package enum FileState: Equatable, Sendable {
  case absent
  /// Bytes.
  case present(Int)
}

/// Decides about items. Pure: what is there is told.
package struct NarrationPlan: Sendable {
  package let manifest: Manifest
  package let shard: Shard?
  /// Files are replaced, whoever made them.
  package let overwrites: Bool

  package init(manifest: Manifest, shard: Shard?, overwrites: Bool) {
    self.manifest = manifest
    self.shard = shard
    self.overwrites = overwrites
  }

  /// - Parameters:
  ///   - hash: of the item's content.
  ///   - state: of what has the name of its file.
  package func decide(
    _ item: NarrationItem, file: String, hash: String, state: FileState
  ) -> ItemDecision {
    if item.text.isEmpty { return .refuse(.empty) }
    guard item.isSpeakable else { return .refuse(.unspeakable) }
    if let shard, !shard.holds(hash) { return .elsewhere }
    let known = manifest[file]
    guard case .present(let bytes) = state else { return .make(known == nil ? .new : .missing) }
    if overwrites, known?.hash != hash || known?.bytes != bytes { return .make(.forced) }
    guard let known else { return .refuse(.foreign) }
    guard known.bytes == bytes else { return .refuse(.altered) }
    if known.hash == hash { return .keep }
    guard known.source == item.source else { return .refuse(.ofOtherSource(known.source)) }
    return .make(.changed)
  }
}
