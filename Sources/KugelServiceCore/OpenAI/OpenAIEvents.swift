import KugelWire

/// The events that a service writes.
package enum OpenAIEvents {
  package static func delta(_ sound: [UInt8]) -> [UInt8] {
    event { writer in
      writer.field("type", "speech.audio.delta")
      writer.field("audio", Base64.encode(sound))
    }
  }

  /// - Parameter characters: of the text; there are no tokens to be counted.
  package static func done(characters: Int) -> [UInt8] {
    event { writer in
      writer.field("type", "speech.audio.done")
      writer.object("usage") { writer in
        writer.field("input_tokens", characters)
        writer.field("output_tokens", 0)
        writer.field("total_tokens", characters)
      }
    }
  }

  package static func failed(_ error: ServiceError) -> [UInt8] {
    event { writer in
      writer.field("type", "speech.audio.error")
      writer.openAIError(OpenAIError(error))
    }
  }

  private static func event(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.object(members)
    return Array("data: ".utf8) + writer.bytes + Array("\n\n".utf8)
  }
}
