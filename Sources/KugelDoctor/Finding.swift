import KugelConversation
import KugelJobs
import KugelScreen
import KugelSession
import KugelText

/// One thing that was looked at.
package struct Finding: Equatable, Sendable {
  package enum State: String, Sendable {
    case ok, warn, fail
  }

  package var state: State
  /// What was looked at, in a word or two.
  package var topic: String
  /// What was found: a fragment without a stop.
  package var text: String
  /// What to do about it, as a sentence.
  package var remedy: String?
  /// What the run of a command would end with; of failures only.
  package var status: ExitStatus

  package static func ok(_ topic: String, _ text: String) -> Finding {
    Finding(state: .ok, topic: topic, text: text, remedy: nil, status: .done)
  }

  package static func warn(_ topic: String, _ text: String, remedy: String) -> Finding {
    Finding(state: .warn, topic: topic, text: text, remedy: remedy, status: .partial)
  }

  package static func fail(
    _ topic: String, _ text: String, remedy: String, _ status: ExitStatus
  ) -> Finding {
    Finding(state: .fail, topic: topic, text: text, remedy: remedy, status: status)
  }

  /// What a command would tell of.
  package static func fail(_ topic: String, _ error: UserError) -> Finding {
    .fail(
      topic, error.message, remedy: error.hint ?? "See: kugel help exit-codes", error.status)
  }
}

/// Everything that was found, for people and for programs. Pure.
package struct DoctorReport: Equatable, Sendable {
  package var findings: [Finding] = []

  package init(_ findings: [Finding] = []) { self.findings = findings }

  /// 0; 1 when something is only to be looked at; that of the first failure.
  package var status: ExitStatus {
    findings.first { $0.state == .fail }?.status
      ?? (findings.contains { $0.state == .warn } ? .partial : .done)
  }

  /// A line for each, and the remedy below.
  package var text: String {
    let width = findings.map(\.topic.count).max() ?? 0
    return findings.map { finding in
      let head = padded(finding.state.rawValue, to: 6) + padded(finding.topic, to: width + 2)
      let remedy = finding.remedy.map {
        "\n" + String(repeating: " ", count: 6 + width + 2) + $0
      }
      return head + finding.text + (remedy ?? "") + "\n"
    }.joined()
  }

  /// One object; an array of the findings is in it.
  package var json: String {
    let lines = findings.map { finding in
      "    {\"state\":\(Quoting.quote(finding.state.rawValue)),"
        + "\"topic\":\(Quoting.quote(finding.topic)),\"text\":\(Quoting.quote(finding.text)),"
        + "\"remedy\":\(finding.remedy.map(Quoting.quote) ?? "null"),"
        + "\"exit\":\(finding.status.rawValue)}"
    }
    return "{\n  \"version\":\(Quoting.quote(Release.version)),\n  \"exit\":\(status.rawValue),\n"
      + "  \"findings\":[\n\(lines.joined(separator: ",\n"))\n  ]\n}\n"
  }
}
