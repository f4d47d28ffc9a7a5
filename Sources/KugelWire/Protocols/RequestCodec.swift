import KugelText

/// Between our messages and services that take each text in a request of its own, and answer it with
/// sound.
package protocol RequestCodec: ServiceCodec {
  /// How sound is wished for, the best first.
  func forms(_ settings: TurnSettings) -> [SoundForm]

  /// The request for one text.
  ///
  /// - Parameter form: as sound is wished for.
  func request(
    for text: String, settings: TurnSettings, form: SoundForm, at address: EndpointAddress
  ) -> SpeechRequestMessage

  /// Whether a refusal is of the form alone, so that the next one may be asked for.
  func refuses(_ form: SoundForm, status: Int, body: [UInt8]) -> Bool

  /// Whether a refusal says that there is no such call, and not that what it names is not there.
  func isMissing(status: Int, _ error: ServiceError?) -> Bool

  /// Reads the body of an answer that is none of those.
  ///
  /// - Parameters:
  ///   - head: what the headers say of it.
  ///   - rate: Hz of sound that does not say.
  func reader(
    _ head: SoundHead, form: SoundForm, settings: TurnSettings, rate: Int
  ) -> any SpeechReplyReader
}

extension RequestCodec {
  package func isMissing(status: Int, _ error: ServiceError?) -> Bool { false }
}

/// How sound is asked for.
package enum SoundForm: Equatable, Sendable {
  /// Sound, and when characters are spoken.
  case timed
  /// Samples and nothing else: no byte before the first one.
  case samples
  /// A WAVE file, for those that do not know the other.
  case wave
}

/// One request, as HTTP carries it.
package struct SpeechRequestMessage: Equatable, Sendable {
  package var target: String
  package var contentType: String
  package var body: [UInt8]
}

/// What the headers of an answer say of its sound.
package struct SoundHead: Equatable, Sendable {
  /// `Content-Type` as it came; nil without one.
  package var contentType: String?
  /// Hz that another header names.
  package var rate: Int?

  package init(contentType: String?, rate: Int? = nil) {
    self.contentType = contentType
    self.rate = rate
  }

  /// Lower case, without its parameters.
  var mediaType: String {
    String((contentType ?? "").lowercased().prefix { $0 != ";" }.filter { $0 != " " })
  }

  /// Hz that the type's own parameter names.
  var parameterRate: Int? {
    for parameter in (contentType ?? "").lowercased().split(separator: ";").dropFirst() {
      let pair = parameter.filter { $0 != " " && $0 != "\"" }.split(separator: "=")
      if pair.count == 2, pair[0] == "rate", let rate = Int(pair[1]),
        AudioFrame.rates.contains(rate)
      {
        return rate
      }
    }
    return nil
  }
}

/// What came of an answer.
package enum SoundPart: Equatable, Sendable {
  /// Mono, in play order.
  case samples([Int16], rate: Int)
  /// Bytes of a sound file that only a library reads, in order.
  case file([UInt8])
  /// When words of the text are spoken, from the beginning of the answer.
  case words([WordTime])
}

/// Why an answer is of no use.
package enum SpeechReplyError: Error, Equatable, Sendable {
  case refused(ServiceError)
  /// It fits after "the service sent".
  case malformed(String)
}

/// Reads the body of one answer.
package protocol SpeechReplyReader: Sendable {
  mutating func read(_ bytes: [UInt8]) throws(SpeechReplyError) -> [SoundPart]
  /// The body is complete.
  mutating func finish() throws(SpeechReplyError) -> [SoundPart]
}
