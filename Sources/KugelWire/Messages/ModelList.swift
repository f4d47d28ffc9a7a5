import KugelJSON

/// The ids of a service's models, from the answer to `GET /v1/models`, in any of the forms there are.
///
/// Source: protocol notes, section 3.2; ElevenLabs notes, section 6; OpenAI notes, section 5.
package struct ModelList: Equatable, Sendable {
  package let ids: [String]

  /// - Returns: nil when `body` is no list of models.
  package init?(body: [UInt8]) {
    let reader = JSONReader()
    if let list = try? reader.read([Entry].self, from: body) {
      ids = list.compactMap(\.word)
    } else if let list = try? reader.read(List.self, from: body),
      let entries = list.models ?? list.data
    {
      ids = entries.compactMap(\.word)
    } else {
      return nil
    }
  }

  private struct List: Decodable {
    var models: [Entry]?
    var data: [Entry]?
  }

  private struct Entry: Decodable {
    var id: String?
    var modelID: String?
    var word: String? { id ?? modelID }

    enum CodingKeys: String, CodingKey {
      case id
      case modelID = "model_id"
    }
  }
}
