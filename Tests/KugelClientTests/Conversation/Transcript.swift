import FoundationEssentials

/// A conversation written down: what goes in, how much time passes, what comes out.
///
///     > a line of input            an empty line is a line too: `>`
///     @ 1.5s                       time passes
///     ! interrupt                  a key: interrupt, pause, or end for the end of the input
///     < a line of output           `*` stands for anything
///     : note                       what the file needs: jsonl, prompt, device
struct Transcript {
  enum Step: Equatable {
    case input(String)
    case time(Duration)
    case key(String)
  }

  let name: String
  private(set) var steps: [Step] = []
  private(set) var output: [String] = []
  private(set) var notes: Set<String> = []

  init(name: String, text: String) throws {
    self.name = name
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) where !line.isEmpty {
      let rest = String(line.dropFirst(line.dropFirst().first == " " ? 2 : 1))
      switch line.first {
      case ">": steps.append(.input(rest))
      case "@": steps.append(.time(.seconds(try number(rest))))
      case "!": steps.append(.key(rest))
      case "<": output.append(rest)
      case ":": notes.insert(rest)
      case "#": break
      default: throw Fault(line: String(line))
      }
    }
  }

  private func number(_ text: String) throws -> Double {
    guard text.hasSuffix("s"), let seconds = Double(text.dropLast()) else {
      throw Fault(line: text)
    }
    return seconds
  }

  struct Fault: Error { let line: String }

  /// `Tests/KugelClientTests/Transcripts`.
  static func all(file: String = #filePath) throws -> [Transcript] {
    let folder = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Transcripts")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      try Transcript(
        name: name, text: String(contentsOf: folder.appending(path: name), encoding: .utf8))
    }
  }

  /// What differs from the expected output; empty when nothing does.
  func differences(from lines: [String]) -> [String] {
    var differences: [String] = []
    for index in 0..<max(lines.count, output.count) {
      let wanted = index < output.count ? output[index] : nil
      let found = index < lines.count ? lines[index] : nil
      guard let wanted, let found, Self.matches(found, wanted) else {
        differences.append("\(name): wanted \(wanted ?? "nothing"), found \(found ?? "nothing")")
        continue
      }
    }
    return differences
  }

  static func matches(_ text: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return text == pattern }
    guard text.hasPrefix(parts[0]), text.hasSuffix(parts[parts.count - 1]) else { return false }
    var rest = text.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.count >= parts[parts.count - 1].count
  }
}
