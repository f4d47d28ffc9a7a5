import KugelText

/// What the library says of a failure, without the places in its own source.
enum OnnxComplaint {
  /// One line.
  static func shown(_ text: String) -> String {
    var line = text.split(separator: "\n").first ?? "it failed"
    // `/onnxruntime_src/FILE:LINE FUNCTION(…) What happened`, at the end of a sentence of its own.
    if let place = line.firstRange(of: "/onnxruntime_src/") {
      let before = line[..<place.lowerBound]
      let after = line.ranges(of: ") ").last.map { line[$0.upperBound...] } ?? ""
      line = after.isEmpty ? before : before + after
    }
    return String(line.prefix(200).drop { $0 == " " })
  }
}
