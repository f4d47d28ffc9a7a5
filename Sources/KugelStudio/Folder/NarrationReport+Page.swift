import KugelAudio
import KugelJobs
import KugelNarration
import KugelSystem

extension NarrationReport {
  /// Items whose sound is drawn.
  private static let mostDrawn = 500

  /// The page that goes with a report.
  ///
  /// - Parameters:
  ///   - unread: what of the input could not be read, and is no item.
  ///   - folder: of the files.
  ///   - path: of the page.
  static func page(
    _ items: some Sequence<Item>, unread: [NarrationFailure] = [], in folder: String,
    at path: String
  ) -> String {
    var page = ReportPage()
    for item in items {
      page.items += 1
      page.seconds += item.entry?.duration ?? 0
      page.sentences += item.entry?.timeline.sentences.count ?? 0
    }
    page.failed = unread.map { ReportPage.Failure(place: $0.place, cause: $0.cause) }
    page.failed += items.compactMap { item in
      item.failure.map { ReportPage.Failure(place: item.item.place, cause: $0) }
    }
    let doubtful = items.filter { $0.entry.map { !$0.doubts.isEmpty } ?? false }
    for (index, item) in doubtful.enumerated() {
      guard let entry = item.entry else { continue }
      page.doubtful.append(
        ReportPage.Item(
          file: item.file, address: address(of: item.file, in: folder, from: path),
          seconds: entry.duration,
          doubts: doubts([item]).map {
            ReportPage.Doubt(
              sentence: $0.doubt.sentence, from: $0.doubt.from, to: $0.doubt.to,
              kinds: $0.doubt.kinds, text: $0.text)
          },
          peaks: index < mostDrawn ? peaks(of: "\(folder)/\(item.file)", entry) : []))
    }
    return page.html
  }

  /// Relative where the page stands beside the files, so that both can be moved.
  private static func address(of file: String, in folder: String, from page: String) -> String {
    let name = FileName.last(of: page)
    let beside = page == name ? "." : String(page.dropLast(name.count + 1))
    if RealPath.of(beside.isEmpty ? "/" : beside) == RealPath.of(folder) { return escaped(file) }
    return "file://" + escaped("\(RealPath.of(folder))/\(file)")
  }

  private static func escaped(_ path: String) -> String {
    path.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        byte < 0x80 && (scalar.properties.isAlphabetic || scalar.isDigit)
        || "/-._~".utf8.contains(byte)
      return isPlain
        ? String(Character(scalar))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  /// The loudest sample of each column; none of a file that cannot be read.
  private static func peaks(of path: String, _ entry: ManifestEntry) -> [Double] {
    let rate = 8000
    guard let reader = try? SoundReader(path: path, outputRate: rate) else { return [] }
    let length = max(1, Int(entry.duration * Double(rate)))
    var peaks = [Double](repeating: 0, count: ReportPage.columns)
    var place = 0
    while let piece = try? reader.read(frames: 65_536) {
      for sample in piece {
        let column = min(peaks.count - 1, place * peaks.count / length)
        peaks[column] = max(peaks[column], Double(sample.magnitude) / 32_768)
        place += 1
      }
    }
    return peaks
  }
}
