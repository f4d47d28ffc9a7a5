import KugelStreams
import Testing

@Suite struct OpenAIResponsesTests {
  private static func delta(_ text: String, item: String = "i1", part: Int = 0) -> String {
    #"{"type":"response.output_text.delta","item_id":"\#(item)","output_index":0,"content_index":\#(part),"delta":"\#(text)"}"#
  }
  private static let completed =
    #"{"type":"response.completed","response":{"model":"m","usage":{"input_tokens":5,"output_tokens":2}}}"#

  @Test func `the deltas are the answer, and each message is a paragraph`() {
    expect(
      .openAIResponses,
      "event: response.created\n"
        + events(
          #"{"type":"response.created","response":{"id":"r","error":null}}"#,
          #"{"type":"response.reasoning_summary_text.delta","delta":"Hm"}"#,
          #"{"type":"response.reasoning_summary_text.done","text":"Hm"}"#,
          #"{"type":"response.reasoning_text.delta","delta":"So"}"#,
          Self.delta("I look"), Self.delta(" it up"),
          #"{"type":"response.output_text.done","item_id":"i1","text":"I look it up"}"#,
          #"{"type":"response.output_item.added","item":{"type":"function_call","name":"search"}}"#,
          #"{"type":"response.function_call_arguments.delta","delta":"{\"q\":1}"}"#,
          #"{"type":"response.output_item.added","item":{"type":"web_search_call"}}"#,
          Self.delta("It is"), Self.delta(" so.", item: "i1"), Self.delta("Yes.", item: "i2"),
          Self.delta("No.", item: "i2", part: 1), Self.completed),
      says: [
        .reasoning("Hm\n\nSo"), .text("I look it up"), .paragraph, .tool("search"),
        .tool("web_search"), .text("It is so."), .paragraph, .text("Yes."), .paragraph,
        .text("No."), .paragraph, .end, .usage(StreamUsage(input: 5, output: 2, model: "m")),
      ])
  }

  @Test func `a refusal is spoken`() {
    expect(
      .openAIResponses,
      events(
        #"{"type":"response.refusal.delta","item_id":"i","content_index":0,"delta":"No."}"#,
        Self.completed),
      says: [.text("No."), .paragraph, .end, .usage(StreamUsage(input: 5, output: 2, model: "m"))])
  }

  @Test func `an answer that is not whole is a warning`() {
    expect(
      .openAIResponses,
      events(
        Self.delta("And th"),
        #"{"type":"response.incomplete","response":{"incomplete_details":{"reason":"max_output_tokens"}}}"#
      ),
      says: [
        .text("And th"),
        .warning(
          "the answer is cut: the model reached the length that it may write (max_output_tokens)"),
        .paragraph, .end,
      ])
  }

  @Test(arguments: [
    (
      #"{"type":"response.failed","response":{"error":{"code":"server_error","message":"Sorry"}}}"#,
      true
    ),
    (#"{"type":"error","code":"invalid_prompt","message":"Sorry","param":null}"#, false),
    (#"{"type":"error","code":null,"message":"Sorry","param":null}"#, true),
    (#"{"error":{"type":"rate_limit_error","message":"Sorry"}}"#, true),
  ])
  func `an error comes after the text`(error: String, mayPass: Bool) {
    expect(
      .openAIResponses, events(Self.delta("And th"), error),
      says: [.text("And th"), .failed(StreamFailure("Sorry", mayPass: mayPass))])
  }

  @Test func `a stream without its end was cut`() {
    expect(
      .openAIResponses, events(Self.delta("And th")), says: [.text("And th"), .paragraph, .cut])
  }
}
