/// A page that shows what of a narration is doubtful: the sound of each item with such sentences, and where
/// in it they are. It needs nothing from elsewhere.
package struct ReportPage: Sendable {
  package struct Doubt: Equatable, Sendable {
    /// Of the item, from 1.
    package var sentence: Int
    /// Seconds.
    package var from: Double
    package var to: Double
    package var kinds: [DoubtKind]
    package var text: String

    package init(sentence: Int, from: Double, to: Double, kinds: [DoubtKind], text: String) {
      self.sentence = sentence
      self.from = from
      self.to = to
      self.kinds = kinds
      self.text = text
    }
  }

  package struct Item: Equatable, Sendable {
    package var file: String
    /// Where the page finds the sound.
    package var address: String
    package var seconds: Double
    package var doubts: [Doubt]
    /// The loudest sample of each of equal parts, 0...1; empty where the sound is not drawn.
    package var peaks: [Double]

    package init(
      file: String, address: String, seconds: Double, doubts: [Doubt], peaks: [Double]
    ) {
      self.file = file
      self.address = address
      self.seconds = seconds
      self.doubts = doubts
      self.peaks = peaks
    }
  }

  /// Of what could not be made.
  package struct Failure: Equatable, Sendable {
    package var place: String
    package var cause: String

    package init(place: String, cause: String) {
      self.place = place
      self.cause = cause
    }
  }

  package var items = 0
  package var seconds = 0.0
  package var sentences = 0
  package var failed: [Failure] = []
  /// Those with doubtful sentences.
  package var doubtful: [Item] = []

  package init() {}

  /// Columns of a waveform.
  package static let columns = 1000
  private static let height = 120.0

  package var html: String {
    let doubts = doubtful.reduce(0) { $0 + $1.doubts.count }
    var page = Self.head
    page +=
      "<h1>What was narrated</h1>\n<p>\(items) items, \(Self.clock(seconds)), \(sentences) sentences; "
    page += "<b>\(doubts) doubtful</b>, \(failed.count) items failed.</p>\n"
    if !failed.isEmpty {
      page += "<h2>Failed</h2>\n<ul>\n"
      for failure in failed {
        page += "<li>\(Self.escaped(failure.place)): \(Self.escaped(failure.cause))</li>\n"
      }
      page += "</ul>\n"
    }
    for item in doubtful { page += section(item) }
    return page + "</body></html>\n"
  }

  private func section(_ item: Item) -> String {
    let address = Self.escaped(item.address)
    var text = "<h2>\(Self.escaped(item.file))</h2>\n"
    text += "<audio controls=\"controls\" preload=\"none\" src=\"\(address)\"></audio>\n"
    text += drawing(item)
    text +=
      "<table>\n<tr><th>Sentence</th><th>From</th><th>To</th><th>Doubt</th><th>Text</th></tr>\n"
    for doubt in item.doubts {
      let kinds = doubt.kinds.map(\.meaning).joined(separator: "; ")
      text +=
        "<tr><td>\(doubt.sentence)</td><td><a href=\"\(address)#t=\(Self.decimal(doubt.from)),"
      text += "\(Self.decimal(doubt.to))\">\(Self.decimal(doubt.from)) s</a></td>"
      text += "<td>\(Self.decimal(doubt.to)) s</td><td>\(Self.escaped(kinds))</td>"
      text += "<td>\(Self.escaped(doubt.text))</td></tr>\n"
    }
    return text + "</table>\n"
  }

  private func drawing(_ item: Item) -> String {
    guard !item.peaks.isEmpty, item.seconds > 0 else { return "" }
    let (width, height) = (Double(item.peaks.count), Self.height)
    var text = "<svg viewBox=\"0 0 \(Int(width)) \(Int(height))\" preserveAspectRatio=\"none\">\n"
    for doubt in item.doubts {
      let from = doubt.from / item.seconds * width
      // One that is over at once is still to be seen.
      let length = max(2, (doubt.to - doubt.from) / item.seconds * width)
      text += "<rect x=\"\(Self.decimal(from))\" y=\"0\" width=\"\(Self.decimal(length))\" "
      text += "height=\"\(Int(height))\"><title>\(Self.escaped(doubt.text))</title></rect>\n"
    }
    text += "<path d=\""
    for (column, peak) in item.peaks.enumerated() {
      let half = min(1, max(0, peak)) * height / 2
      text += "M\(column) \(Self.decimal(height / 2 - half))V\(Self.decimal(height / 2 + half))"
    }
    return text + "\"/>\n</svg>\n"
  }

  /// With what each page begins.
  package static let signature = """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"/><title>What was narrated</title>

    """

  private static let head = """
    \(signature)<style>
    body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 64em; padding: 0 1em; }
    svg { display: block; width: 100%; height: 120px; background: #f4f4f4; margin: .5em 0; }
    path { stroke: #345; stroke-width: 1; fill: none; }
    rect { fill: #f80; fill-opacity: .5; }
    table { border-collapse: collapse; } td, th { text-align: left; padding: .1em 1em .1em 0; vertical-align: top; }
    audio { width: 100%; }
    </style></head><body>

    """

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// To a hundredth.
  private static func decimal(_ value: Double) -> String {
    let hundredths = Int((max(0, value) * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
  }
}
