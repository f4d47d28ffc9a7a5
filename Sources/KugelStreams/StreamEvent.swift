/// What a stream says, in its order.
package enum StreamEvent: Equatable, Sendable {
  /// Bytes of an input that is text itself; what encoding they have is the reader's business.
  case plain([UInt8])
  /// More of the answer.
  case text(String)
  /// What came before stands alone: a sentence does not run on into the text that follows.
  case paragraph
  /// More of what the model thinks, which is no part of the answer.
  case reasoning(String)
  /// The model or agent uses a tool, of this name.
  case tool(String)
  /// What the answer took; told once, when no more can come.
  case usage(StreamUsage)
  /// For people, a sentence without a stop.
  case warning(String)
  case failed(StreamFailure)
  /// The answer is whole; another may follow.
  case end
  /// The input ended before the answer did.
  case cut
}

/// What an answer took, as its producer counts; nil is what it does not say.
package struct StreamUsage: Equatable, Sendable {
  /// Tokens that were read.
  package var input: Int?
  /// Tokens that were written.
  package var output: Int?
  /// US dollars.
  package var cost: Double?
  package var model: String?

  package init(
    input: Int? = nil, output: Int? = nil, cost: Double? = nil, model: String? = nil
  ) {
    self.input = input
    self.output = output
    self.cost = cost
    self.model = model
  }

  var isEmpty: Bool { self == StreamUsage() }

  /// What `other` knows counts more.
  mutating func merge(_ other: StreamUsage) {
    input = other.input ?? input
    output = other.output ?? output
    cost = other.cost ?? cost
    model = other.model ?? model
  }

  /// Of a run of several answers.
  mutating func add(_ other: StreamUsage) {
    input = sum(input, other.input)
    output = sum(output, other.output)
    cost = sum(cost, other.cost)
    model = other.model ?? model
  }

  private func sum(_ one: Int?, _ other: Int?) -> Int? {
    guard let other else { return one }
    let (sum, overflows) = (one ?? 0).addingReportingOverflow(other)
    return overflows ? one : sum
  }

  private func sum(_ one: Double?, _ other: Double?) -> Double? {
    other.map { (one ?? 0) + $0 } ?? one
  }
}
