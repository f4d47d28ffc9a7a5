import KugelReading
import KugelText
import Testing

private let filters = TextFilters(.think)

@Test(arguments: [
  ("<think>Let me see.</think>Four.", "Four."), ("<think>\na\n</think>\n\nFour.", "Four."),
  ("<THINKING>x</THINKING>Yes", "Yes"),
  ("<reasoning>a<reasoning>b</reasoning></reasoning>c", "c"),
  ("<thought>x</thought><think>y</think>Hi", "Hi"),
  ("One.\n<think>no</think>\nTwo.", "One.\nTwo."), ("[THINK]x[/THINK]Hi", "Hi"),
  ("◁think▷x◁/think▷Hi", "Hi"), ("  <think>x</think>Hi", "  Hi"), ("</think>Hi", "Hi"),
  ("<think>a </thinking> b</think>c", "c"), ("<think lang=\"x\" a='1'>a</think>b", "b"),
  ("Hello <think>secret</think> world.", "Hello world."),
  ("Hello<think>secret</think> world.", "Hello world."), ("a<think/>b", "ab"),
  ("One <think>x\n\ny</think>\n\nTwo", "One \n\nTwo"), ("a <thought>b</thought>, c", "a , c"),
])
func `what a model thinks is left out`(written: String, spoken: String) {
  #expect(said(written, filters).string == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test(arguments: [
  "a < b", "<thin ice", "the <think> tag and <thought> blocks", "say \"<think>\" (<think>) now",
  "Use the `<think>` tag.", "``<think>` `` x", "`long ` <thin>", "a\\<think> b",
  "```\n<think>\n```\nAfter fence.", "~~~\n<think>\n```\n~~~\nAfter.", "- ```\n  <think>\n  ```\nb",
  "a\n\n    <think>\n\n    x\n\nb", "\t<think>\nb", "````\n```\n<think>\n````\nb",
  "> ```\n> <think>\n> ```",
  "```swift\n<|start|> `x`\n```\nb", "<think of it>",
])
func `a tag that is code or spoken of is text`(written: String) {
  #expect(said(written, filters).string == spokenAsTags(written))
  expectSameWhateverTheCuts(written, filters)
}

/// What tags, which have their own say of brackets, make of a text.
private func spokenAsTags(_ text: String) -> String { said(text, .plain).string }

@Test(arguments: [
  ("<|channel|>analysis<|message|>x<|end|>Hi", "Hi"),
  (
    "<|channel|>analysis<|message|>We.<|end|><|start|>assistant<|channel|>final<|message|>Hi<|return|>",
    "Hi"
  ),
  (
    "<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>Hi",
    "Hi"
  ),
  ("<|channel|>analysis<|message|>x<|start|>assistant<|channel|>final<|message|>Hi", "Hi"),
  ("<|start|>assistant<|channel|>commentary<|message|>Let me see.<|end|>", "Let me see."),
])
func `of harmony only what is for the listener is said`(written: String, spoken: String) {
  #expect(said(written, filters).string == spoken)
  expectSameWhateverTheCuts(written, filters)
}

@Test(arguments: [["Hi <thi", "nk>secret</think>you"], ["<think", ">secret</thi", "nk>Hi you"]])
func `a tag that a pause tears is one`(pieces: [String]) {
  #expect(saidWithPauses(pieces, filters).filter(\.isLetter) == "Hiyou")
}

@Test func `a block that is never closed swallows the rest, and that is told`() {
  var pipeline = TextPipeline(filters)
  let now = ContinuousClock.now
  #expect(pipeline.feed("<think>one ", at: now).string == "")
  #expect(pipeline.tick(at: now + .seconds(1)).string == "")
  #expect(pipeline.feed("two</thi", at: now).string == "")
  #expect(pipeline.tick(at: now + .seconds(1)).string == "")
  #expect(pipeline.finish().string == "")
  #expect(pipeline.isReasoningUnclosed)
}
