import KugelText
import KugelWire

extension ServiceAPI {
  /// Source: ElevenLabs notes, sections 6 and 9.1.
  func reply(_ route: ContextRoute, _ call: APIRequest) -> Reply {
    switch route {
    case .speak(let voice, let isStreamed, let hasTimes):
      do throws(ContextError) {
        let wanted = try ContextCall(call, voice, isStreamed: isStreamed, hasTimes: hasTimes)
        guard wanted.text.unicodeScalars.count <= characters else {
          throw .refused(
            ServiceError(
              "The text is longer than \(characters) characters.", name: "text_too_long", code: 400)
          )
        }
        return .context(wanted)
      } catch { return .answer(error.response) }
    case .voices:
      return .answer(
        .json { $0.array("voices", voices.all) { writer, voice in writer.contextVoice(voice) } })
    case .search: return .answer(search(call.query))
    case .voice(let reference):
      guard let voice = voices.find(reference) else {
        return .answer(APIResponse(contexts: .noVoice("\(reference)")))
      }
      return .answer(.json { $0.contextMembers(of: voice) })
    case .voiceSettings:
      return .answer(
        .json { writer in
          writer.field("stability", 0.5)
          writer.field("similarity_boost", 0.75)
          writer.field("style", 0.0)
          writer.field("use_speaker_boost", true)
          writer.field("speed", 1.0)
        })
    case .models: return .answer(contextModels())
    case .user:
      return .answer(
        .json { writer in
          writer.field("user_id", "local")
          writer.object("subscription") { $0.subscription() }
        })
    case .subscription: return .answer(.json { $0.subscription() })
    case .history:
      return .answer(
        .json { writer in
          writer.array("history", [String]()) { _, _ in }
          writer.field("has_more", false)
        })
    case .health: return .answer(.json { $0.field("status", "healthy") })
    }
  }

  /// A page of those whose name or description has what is searched for.
  private func search(_ query: QueryItems) -> APIResponse {
    let size = min(max(query["page_size"].flatMap(Int.init) ?? 10, 1), 100)
    let start = max(0, query["next_page_token"].flatMap(Int.init) ?? 0)
    let wanted = query["search"]?.lowercased() ?? ""
    let ids = query.items.filter { $0.name == "voice_ids" }.map(\.value)
    let languages = query.items.filter { $0.name == "language" }.map { $0.value.lowercased() }
    let found = voices.all.filter { voice in
      (wanted.isEmpty || (voice.name + " " + voice.description).lowercased().contains(wanted))
        && (ids.isEmpty || ids.contains("\(voice.id)"))
        && (languages.isEmpty || languages.contains(where: voice.languages.contains))
    }
    let page = Array(found.dropFirst(start).prefix(size))
    let hasMore = start + page.count < found.count
    return .json { writer in
      writer.array("voices", page) { writer, voice in writer.contextVoice(voice) }
      writer.field("has_more", hasMore)
      writer.field("total_count", found.count)
      writer.nullable("next_page_token", hasMore ? "\(start + page.count)" : nil)
    }
  }

  /// An array, not an object.
  private func contextModels() -> APIResponse {
    let models = ["eleven_flash_v2_5", "eleven_turbo_v2_5", "eleven_multilingual_v2"]
    var answer = APIResponse.json { writer in
      writer.array("models", models) { writer, model in
        writer.object { writer in
          writer.field("model_id", model)
          writer.field("name", model)
          writer.field("description", "Spoken by a local engine")
          writer.field("can_be_finetuned", false)
          writer.field("can_do_text_to_speech", true)
          writer.field("can_do_voice_conversion", false)
          writer.field("can_use_style", false)
          writer.field("can_use_speaker_boost", false)
          writer.field("serves_pro_voices", false)
          writer.field("requires_alpha_access", false)
          writer.field("token_cost_factor", 1.0)
          writer.field("maximum_text_length_per_request", characters)
          writer.array("languages", LanguageCode.allCases.map(\.rawValue)) { writer, code in
            writer.object { writer in
              writer.field("language_id", code)
              writer.field("name", code)
            }
          }
          writer.object("model_rates") { $0.field("character_cost_multiplier", 1.0) }
          writer.field("concurrency_group", "standard")
        }
      }
    }
    answer.body = Array(answer.body.dropFirst("{\"models\":".utf8.count).dropLast())
    return answer
  }
}

extension JSONWriter {
  fileprivate mutating func contextVoice(_ voice: ListedVoice) {
    object { $0.contextMembers(of: voice) }
  }

  fileprivate mutating func contextMembers(of voice: ListedVoice) {
    field("voice_id", "\(voice.id)")
    field("name", voice.name)
    field("category", "premade")
    field("description", voice.description)
    object("labels") { writer in
      writer.field("gender", (voice.sex ?? .neutral).rawValue)
      writer.field("language", voice.languages.first)
    }
    field("available_for_tiers", [String]())
    field("high_quality_base_model_ids", [String]())
    array("verified_languages", voice.languages) { writer, language in
      writer.object { $0.field("language", language) }
    }
    null("preview_url")
    null("settings")
  }

  fileprivate mutating func subscription() {
    field("tier", "local")
    field("character_count", 0)
    field("character_limit", Int(Int32.max))
    field("status", "active")
  }
}

extension ServiceError {
  package static func noVoice(_ voice: String) -> ServiceError {
    ServiceError(
      "A voice with voice_id \(voice) was not found.", name: "voice_not_found", code: 404)
  }
}
