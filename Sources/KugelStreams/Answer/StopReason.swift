/// Why a model stopped, in the words of the vendors.
enum StopReason {
  /// A sentence for people; nil where the answer is what it was meant to be.
  ///
  /// Source: stream notes, the column of the answer's end.
  static func warning(_ reason: String) -> String? {
    switch reason {
    case "length", "max_tokens", "max_output_tokens", "limit":
      "the answer is cut: the model reached the length that it may write (\(reason))"
    case "model_context_window_exceeded":
      "the answer is cut: the model's context is full (\(reason))"
    case "content_filter", "content-filter": "the answer was held back by a filter (\(reason))"
    case "refusal": "the model refused to answer (\(reason))"
    case "pause_turn": "the model paused, and its answer is not whole (\(reason))"
    default: nil
    }
  }
}
