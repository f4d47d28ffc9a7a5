import KugelText
import KugelWire

/// What a service offers to clients of OpenAI's protocol.
package struct OpenAIDoor: Equatable, Sendable {
  /// Unicode scalars of one text.
  package var characters: Int
  /// What the engine can speak; beyond that the nearest is spoken.
  package var speeds: ClosedRange<Double>

  /// As many as OpenAI takes. Source: OpenAI notes, section 2.
  package static let usualCharacters = 4096

  package init(
    characters: Int = usualCharacters, speeds: ClosedRange<Double> = SettingOffer.openAISpeeds
  ) {
    self.characters = characters
    self.speeds = speeds
  }

  /// Models that clients of it name; all are spoken with what there is.
  static let models = ["gpt-4o-mini-tts", "tts-1", "tts-1-hd"]
}

extension ServiceAPI {
  /// Source: OpenAI notes, sections 2 and 3.
  func speech(_ request: APIRequest) -> Reply {
    do throws(OpenAIError) {
      return try speech(try OpenAISpeechCall(request.body, limit: speechDoor.characters))
    } catch {
      return .answer(APIResponse(error))
    }
  }

  private func speech(_ call: OpenAISpeechCall) throws(OpenAIError) -> Reply {
    guard OpenAIDoor.models.contains(call.model) || ModelName.isKnown(call.model) else {
      throw OpenAIError(
        "The model `\(call.model)` does not exist or you do not have access to it.",
        parameter: nil, code: "model_not_found", status: 404)
    }
    guard call.format != .aac else {
      throw OpenAIError(
        "Unsupported value: 'aac' is not made here. Use one of 'mp3', 'opus', 'flac', 'wav', 'pcm'.",
        parameter: "response_format", code: "unsupported_value")
    }
    var settings = TurnSettings()
    settings.voice = voice(called: call.voice)
    settings.speed = min(
      max(call.speed, speechDoor.speeds.lowerBound), speechDoor.speeds.upperBound)
    settings.language = call.language
    settings.sampleRate = 24_000
    var form = SpokenForm()
    form.coding = call.format == .pcm ? .bare : .file(call.format)
    form.eventsOf = call.isEvents ? call.input.unicodeScalars.count : nil
    form.wording = .errorObject
    form.speeds = speechDoor.speeds
    return .speak(
      ClientFrame(text: call.input, settings: settings, flush: true),
      head: APIResponse(
        status: 200,
        headers: [
          .init("content-type", call.isEvents ? "text/event-stream" : call.format.contentType),
          .init("x-sample-rate", "24000"), .aiGenerated,
        ]), form: form)
  }

  /// OpenAI's own names stand for voices of ours that speak any language.
  private func voice(called name: String) -> VoiceReference {
    let reference = VoiceReference(name)
    guard voices.find(reference) == nil, let index = OpenAIVoices.usual.firstIndex(of: name) else {
      return reference
    }
    let choices = substitutes
    return choices.isEmpty ? reference : .id(choices[index % choices.count].id)
  }

  private var substitutes: [ListedVoice] {
    let followers = voices.all.filter(\.followsLanguage)
    return followers.isEmpty ? voices.all : followers
  }

  /// Source: OpenAI notes, section 5.
  func audioVoices() -> APIResponse {
    .json { writer in
      let own = voices.all.map { (id: $0.handle ?? "\($0.id)", name: $0.name) }
      let substitutes = substitutes
      let usual = OpenAIVoices.usual.enumerated().filter { voices.find(.handle($1)) == nil }.map {
        index, name in
        (id: name, name: substitutes.isEmpty ? name : substitutes[index % substitutes.count].name)
      }
      writer.array("voices", substitutes.isEmpty ? own : usual + own) { writer, voice in
        writer.object { writer in
          writer.field("id", voice.id)
          writer.field("name", voice.name)
        }
      }
    }
  }
}

extension JSONWriter {
  /// Source: OpenAI notes, section 5.
  mutating func openAIModels() {
    field("object", "list")
    array("data", OpenAIDoor.models + ModelName.current) { writer, model in
      writer.object { writer in
        writer.field("id", model)
        writer.field("object", "model")
        writer.field("created", 0)
        writer.field("owned_by", "kugel")
      }
    }
  }
}
