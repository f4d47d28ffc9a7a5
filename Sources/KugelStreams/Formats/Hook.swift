/// What a coding agent gives to the program that it calls when something happened: one JSON object.
///
/// Source: stream notes, row `hook`.
struct HookDecoder: AnswerDecoder {
  mutating func take(_ object: StreamObject, into answer: inout AnswerWriter) {
    switch object.text("hook_event_name") {
    case "Stop": answer.paragraph(object.text("last_assistant_message"))
    case "Notification": answer.paragraph(object.text("message") ?? object.text("title"))
    // Lines that the message has grown by; what calls once for each of them keeps their order.
    case "MessageDisplay": answer.text(object.text("delta"))
    case nil:
      if object.text("type") == "agent-turn-complete" {
        answer.paragraph(object.text("last-assistant-message"))
      }
    default: break
    }
    answer.end()
  }
}
