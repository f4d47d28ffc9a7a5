import KugelSystem
import KugelText
import Synchronization

/// The voices of this machine.
final class VoiceShelf: Sendable {
  private struct State {
    var voices: [PiperVoice]?
    /// Those that were named by their file.
    var named: [Int: PiperVoice] = [:]
    var descriptions: [String: Result<PiperDescription, PiperFileError>] = [:]
    /// Models that can be used, as far as a glance tells.
    var fit: Set<String> = []
  }

  let folders: [String]
  private let state = Mutex(State())

  /// How deep a folder of voices may be: the public catalogue has four levels.
  private static let (depth, most) = (5, 2_000)

  init(folders: [String]) { self.folders = folders }

  /// - Parameter known: voices with what stands beside them; no file is looked at.
  init(known: [(PiperVoice, PiperDescription)]) {
    folders = []
    state.withLock { state in
      state.voices = known.map(\.0).sorted { VoiceRank($0) < VoiceRank($1) }
      for (voice, description) in known {
        state.descriptions[voice.model] = .success(description)
        state.fit.insert(voice.model)
      }
    }
  }

  /// The better ones first; of two with one name the one in the earlier folder.
  var voices: [PiperVoice] {
    state.withLock { state in
      if let voices = state.voices { return voices }
      let voices = Self.voices(in: folders)
      state.voices = voices
      return voices
    }
  }

  private static func voices(in folders: [String]) -> [PiperVoice] {
    var models: [String: String] = [:]
    for folder in folders {
      var left = most
      for path in Self.models(in: folder, depth, &left) {
        let handle = Self.handle(of: path)
        if models[handle] == nil { models[handle] = path }
      }
    }
    var taken: Set<Int> = []
    return models.sorted { $0.key < $1.key }.map { handle, path in
      var id = PiperVoice.number(for: handle)
      while !taken.insert(id).inserted { id = id == 999_999 ? 10_000 : id + 1 }
      return PiperVoice(handle: handle, model: path, id: id)
    }.sorted { VoiceRank($0) < VoiceRank($1) }
  }

  private static func models(in folder: String, _ depth: Int, _ left: inout Int) -> [String] {
    var (found, below): ([String], [String]) = ([], [])
    for name in Folder.names(in: folder).sorted() where left > 0 && !name.hasPrefix(".") {
      left -= 1
      if name.hasSuffix(".onnx") {
        found.append(folder + "/" + name)
      } else if !name.contains(".") {
        below.append(folder + "/" + name)
      }
    }
    guard depth > 1 else { return found }
    for folder in below where (try? FileStatus(of: folder))?.kind == .directory {
      found += models(in: folder, depth - 1, &left)
    }
    return found
  }

  private static func handle(of path: String) -> String {
    String(path.split(separator: "/").last?.dropLast(".onnx".count) ?? "")
  }

  /// The voice of a file.
  func voice(ofFile path: String) -> PiperVoice {
    let voice = PiperVoice(handle: path, model: path, id: PiperVoice.number(for: path))
    state.withLock { $0.named[voice.id] = voice }
    return voice
  }

  /// - Parameter number: with a speaker's part or without.
  func voice(numbered number: Int) -> PiperVoice? {
    let base = number % PiperVoice.step
    if let named = state.withLock({ $0.named[base] }) { return named }
    if let known = voices.first(where: { $0.id == base }) { return known }
    // It may have been fetched since they were looked for.
    guard !folders.isEmpty else { return nil }
    state.withLock { $0.voices = nil }
    return voices.first { $0.id == base }
  }

  /// What stands beside the model; read once.
  func description(of voice: PiperVoice) throws(PiperFileError) -> PiperDescription {
    if let known = state.withLock({ $0.descriptions[voice.model] }) { return try known.get() }
    let result = Self.read(voice)
    // One that cannot be used may be mended while this goes on.
    if case .success = result { state.withLock { $0.descriptions[voice.model] = result } }
    return try result.get()
  }

  /// Why a voice cannot be used, as far as a glance at its files tells: half a sentence.
  func flaw(of voice: PiperVoice) -> String? {
    if state.withLock({ $0.fit.contains(voice.model) }) { return nil }
    do throws(PiperFileError) {
      _ = try description(of: voice)
      try ModelGlance.check(voice.model)
    } catch {
      return error.cause
    }
    state.withLock { _ = $0.fit.insert(voice.model) }
    return nil
  }

  private static func read(_ voice: PiperVoice) -> Result<PiperDescription, PiperFileError> {
    // A pipe would be waited for.
    for path in [voice.model, voice.description] {
      if let kind = (try? FileStatus(of: path))?.kind, kind != .regular {
        return .failure(PiperFileError("\(path) is no file"))
      }
    }
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try SmallFile.read(voice.description)
    } catch {
      guard (try? FileStatus(of: voice.model)) != nil else {
        return .failure(PiperFileError("there is no \(voice.model)"))
      }
      return .failure(
        PiperFileError(
          error.isAbsence
            ? "\(voice.model) has no \(voice.description) beside it"
            : "\(voice.description) cannot be read: \(error.cause)"))
    }
    do throws(PiperFileError) {
      return .success(try PiperDescription(json: bytes))
    } catch {
      return .failure(PiperFileError("\(voice.description) \(error.cause)"))
    }
  }

  /// The licence that stands in the card beside the model; nil where there is none.
  static func licence(of voice: PiperVoice) -> String? {
    let folder = voice.model.split(separator: "/").dropLast().joined(separator: "/")
    let cards = [
      String(voice.model.dropLast(".onnx".count)) + ".MODEL_CARD",
      (voice.model.hasPrefix("/") ? "/" : "") + (folder.isEmpty ? "" : folder + "/") + "MODEL_CARD",
    ]
    for path in cards {
      if let bytes = try? SmallFile.read(path) {
        return ModelCard.licence(in: String(decoding: bytes, as: UTF8.self))
      }
    }
    return nil
  }
}

/// What a voice's card says of its licence.
package enum ModelCard {
  package static func licence(in card: String) -> String? {
    for line in card.split(whereSeparator: \.isNewline) {
      let words = line.drop { $0 == "*" || $0 == " " || $0 == "-" || $0 == "#" }
      let lower = words.lowercased()
      for key in ["license:", "licence:", "license**:"] where lower.hasPrefix(key) {
        let value = words.dropFirst(key.count).drop { $0 == " " || $0 == "*" }
        return value.isEmpty ? nil : String(value.prefix(80))
      }
    }
    return nil
  }
}

extension VoiceShelf {
  static func megabytes(of path: String) -> String? {
    (try? FileStatus(of: path)).map { "\(($0.size + 500_000) / 1_000_000) MB" }
  }
}
