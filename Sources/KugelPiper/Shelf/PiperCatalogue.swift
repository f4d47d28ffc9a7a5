import KugelEngine
import KugelJSON
import KugelSystem

/// The public catalogue of Piper's voices.
///
/// Source: `voices.json` of rhasspy/piper-voices.
enum PiperCatalogue {
  static let base = "https://huggingface.co/rhasspy/piper-voices/resolve/main/"
  static let (model, description, card) = (".onnx", ".onnx.json", ".MODEL_CARD")
  /// Bytes that a file of a voice may have.
  private static let longest = 1 << 30

  static let shop: VoiceShop = {
    var shop = VoiceShop(
      base: base, list: "voices.json", ends: [card, description, model],
      read: { (list) throws(ShopError) in try read(list) },
      folder: { VoiceFolders.own($0) }, flaw: { flaw(in: $0, $1) },
      licence: { ModelCard.licence(in: $0) })
    shop.hasForm = { PiperVoice.parts(of: $0) != nil }
    shop.forget = { PreparedStore($0).sweep() }
    return shop
  }()

  private struct Entry: Decodable {
    struct Language: Decodable { var code: String? }
    struct File: Decodable {
      var size: Int?
      var md5: String?
      enum CodingKeys: String, CodingKey {
        case size = "size_bytes"
        case md5 = "md5_digest"
      }
    }
    var language: Language?
    var quality: String?
    var speakers: Int?
    var files: [String: File]
    enum CodingKeys: String, CodingKey {
      case language, quality, files
      case speakers = "num_speakers"
    }
  }

  static func read(_ list: [UInt8]) throws(ShopError) -> [ShopVoice] {
    let entries: [String: Entry]
    do { entries = try JSONReader().read([String: Entry].self, from: list) } catch {
      throw ShopError("is no catalogue of voices")
    }
    return entries.compactMap { name, entry in voice(name, entry) }.sorted { $0.name < $1.name }
  }

  /// - Returns: nil for one that is not whole, or whose names lead elsewhere.
  private static func voice(_ name: String, _ entry: Entry) -> ShopVoice? {
    guard isPlain(name), !name.hasPrefix(".") else { return nil }
    var files: [ShopVoice.File] = []
    for (path, file) in entry.files.sorted(by: { $0.key < $1.key }) {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard let size = file.size, 0...longest ~= size, let md5 = file.md5?.lowercased(),
        md5.utf8.count == 32, parts.allSatisfy({ isPlain(String($0)) && $0 != ".." && $0 != "." })
      else { return nil }
      let last = parts.last ?? ""
      let end = last == "MODEL_CARD" ? card : last.hasSuffix(description) ? description : model
      guard last == "MODEL_CARD" || last.hasSuffix(model) || last.hasSuffix(description) else {
        continue
      }
      files.append(
        .init(path: path, name: name + end, size: size, md5: md5, isCard: end == card))
    }
    guard files.contains(where: { $0.name == name + model }),
      files.contains(where: { $0.name == name + description })
    else { return nil }
    let parts = PiperVoice.parts(of: name)
    let size = files.reduce(0) { $0 + $1.size }
    let speakers = entry.speakers ?? 1
    return ShopVoice(
      name: name,
      languages: parts.map { [$0.language, "\($0.language)-\($0.region.lowercased())"] }
        ?? [(entry.language?.code ?? "und").lowercased()],
      remark: [
        entry.quality ?? parts?.quality, speakers > 1 ? "\(speakers) speakers" : nil,
        "\((size + 500_000) / 1_000_000) MB",
      ].compactMap(\.self).joined(separator: ", "), files: files)
  }

  private static func isPlain(_ part: String) -> Bool {
    !part.isEmpty
      && part.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0"..."9" ~= $0 || "_-.+".unicodeScalars.contains($0)
      }
  }

  private static func flaw(in folder: String, _ name: String) -> String? {
    let shelf = VoiceShelf(folders: [])
    let voice = shelf.voice(ofFile: "\(folder)/\(name)\(model)")
    do throws(PiperFileError) { _ = try shelf.description(of: voice) } catch { return error.cause }
    guard let file = try? FileMapping(voice.model), unsafe file.bytes.count <= longest,
      let cut = try? GraphCut(unsafe Array(file.bytes))
    else { return "\(voice.model) is no ONNX model" }
    let taken = (cut.encoder?.inputs ?? []) + cut.front.inputs
    let missing = [PiperInput.ids, .count, .scales].map(\.rawValue).filter { !taken.contains($0) }
    guard missing.isEmpty else {
      return "\(voice.model) is no voice of Piper: it takes no \(missing.joined(separator: ", "))"
    }
    return nil
  }
}
