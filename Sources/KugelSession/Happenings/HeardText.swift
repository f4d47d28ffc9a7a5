import KugelText

/// A turn's text in two: what had been heard at a moment, and what had not.
package struct HeardText: Equatable, Sendable {
  /// `heard` and `unheard` together are the text, exactly.
  package let heard: String
  package let unheard: String
  /// By proportion of time, since there were no word times or the service's text was another one.
  package let isEstimated: Bool

  /// - Parameters:
  ///   - text: everything written for the turn.
  ///   - segments: the chunks the service announced, in order.
  ///   - samples: samples of the turn received, at `rate`.
  ///   - played: samples of the turn heard.
  ///   - isComplete: whether everything the turn has was received.
  ///   - places: of the segments' texts in the text.
  package init(
    text: String, segments: [SpokenSegment], samples: Int, played: Int, rate: Int,
    isComplete: Bool, places: SaidPlaces
  ) {
    if isComplete && played >= samples {
      self.init(text, scalars: text.unicodeScalars.count, isEstimated: false)
      return
    }
    guard played > 0, rate > 0 else {
      self.init(text, scalars: 0, isEstimated: false)
      return
    }
    let timeline = ChunkTimeline(
      segments: segments, samples: samples, rate: rate, isComplete: isComplete)
    let place = timeline.place(played: played)
    let scalars = Array(text.unicodeScalars)
    if let place,
      let heard = places.end(ofSegment: place.chunk, scalars: place.scalars, in: scalars)
    {
      self.init(text, scalars: heard, isEstimated: place.isEstimated)
    } else {
      let share = timeline.share(of: scalars.count, played: played)
      self.init(text, scalars: scalars.wordEnd(before: share), isEstimated: true)
    }
  }

  private init(_ text: String, scalars: Int, isEstimated: Bool) {
    let scalarView = text.unicodeScalars
    let end = scalarView.index(scalarView.startIndex, offsetBy: scalars)
    heard = String(scalarView[..<end])
    unheard = String(scalarView[end...])
    self.isEstimated = isEstimated
  }
}
