extension AudioFormat {
  /// Rates we convert to where the format itself sets no narrower choice, Hz.
  package static let anyRate = 1000...192_000

  /// The only rates the format can hold, Hz, ascending; nil means all of `anyRate`.
  package var allowedRates: [Int]? {
    switch self {
    case .opus: [8000, 12_000, 16_000, 24_000, 48_000]
    case .mp3: [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]
    case .wav, .wavULaw, .wavALaw, .au, .flac, .raw, .ulaw, .alaw: nil
    }
  }

  /// Whether the format can hold samples at `rate` Hz.
  package func holds(rate: Int) -> Bool {
    allowedRates?.contains(rate) ?? Self.anyRate.contains(rate)
  }

  /// Which rates the format takes, fit for the end of a message: "8000, 12000, … or 48000 Hz".
  package var rateChoices: String {
    guard let rates = allowedRates?.map(String.init), let last = rates.last else {
      return "\(Self.anyRate.lowerBound) to \(Self.anyRate.upperBound) Hz"
    }
    return rates.dropLast().joined(separator: ", ") + " or \(last) Hz"
  }

  /// The rate to write at when the user names none.
  ///
  /// - Parameter source: rate of the samples, Hz.
  /// - Returns: 8000 for G.711, else the source's own, else the next higher one that the format holds.
  package func rate(forSource source: Int) -> Int {
    if isG711 { return 8000 }
    guard let rates = allowedRates else {
      return min(max(source, Self.anyRate.lowerBound), Self.anyRate.upperBound)
    }
    return rates.first { $0 >= source } ?? rates[rates.count - 1]
  }
}
