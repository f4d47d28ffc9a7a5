import KugelJSON
import KugelText

/// One page of a service's voices.
///
/// Source: protocol notes, section 3.3.
package struct VoicePage: Equatable, Sendable {
  package var voices: [Voice]
  /// Voices in the whole catalogue; nil where the service does not say.
  package var total: Int?

  package init(voices: [Voice], total: Int?) {
    self.voices = voices
    self.total = total
  }

  /// - Returns: nil when `body` is not such a page.
  package init?(body: [UInt8]) {
    guard let page = try? JSONReader().read(Page.self, from: body) else { return nil }
    guard let entries = page.voices ?? page.data else { return nil }
    voices = entries.map { entry in
      Voice(
        id: entry.id, name: entry.name, languages: entry.languages ?? [],
        sex: entry.sex.flatMap(Voice.Sex.init), handle: entry.handle)
    }
    total = page.total ?? page.meta?.total
  }

  private struct Page: Decodable {
    var voices: [Entry]?
    var total: Int?
    /// What the first services answered (section 17).
    var data: [Entry]?
    var meta: Meta?
  }

  private struct Meta: Decodable { var total: Int? }

  private struct Entry: Decodable {
    var id: Int
    var name: String
    var sex: String?
    var handle: String?
    var languages: [String]?

    enum CodingKeys: String, CodingKey {
      case id, name, sex, handle
      case languages = "supported_languages"
    }
  }
}
