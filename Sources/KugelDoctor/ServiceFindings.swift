import Glibc
import KugelClient
import KugelJobs
import KugelSession
import KugelText
import KugelWire

extension DoctorJob {
  /// The key, the address, and what reaching it was like.
  static func service(_ request: ServiceRequest, _ host: Host) -> [Finding] {
    let name = request.kind.name
    var findings: [Finding] = []
    if let source = request.key {
      var warnings: [String] = []
      do throws(UserError) {
        _ = try source.read(for: request.kind.capabilities) { warnings.append($0) }
        findings.append(.ok("key", "\(name): from \(source.place)"))
      } catch {
        findings.append(.fail("key", error))
      }
      for warning in warnings {
        findings.append(
          .warn("key", "\(name): \(warning)", remedy: "Until then others can use it."))
      }
    } else {
      findings.append(.ok("key", "\(name): none"))
    }
    for reason in request.withheldKeys {
      findings.append(
        .ok(
          "key",
          "\(name): not used: \(reason.prefix(1).lowercased() + reason.dropFirst().dropLast())"))
    }
    guard !findings.contains(where: { $0.state == .fail }) else { return findings }
    do {
      var quiet = host
      // What it would warn of was said above.
      quiet.standardError = -1
      let door = try ServiceDoor(request, host: quiet)
      let begun = ContinuousClock.now
      let probe = host.jobs.probeService(door.service)
      let now = Int(time(nil))
      findings += ServiceFindings.of(
        probe, service: name, address: "\(door.service.address)", now: now,
        took: ContinuousClock.now - begun,
        explain: { UserError(telling: door.explain(.service($0))) })
    } catch {
      findings.append(.fail("service", UserError(telling: error)))
    }
    return findings
  }
}

/// What reaching a service means. Pure.
package enum ServiceFindings {
  /// Seconds by which clocks may differ.
  static let allowedSkew = 30

  /// - Parameters:
  ///   - now: seconds since 1970, of our clock.
  ///   - took: the whole probe.
  package static func of(
    _ probe: ServiceProbe, service: String, address: String, now: Int, took: Duration,
    explain: (ServiceFailure) -> UserError
  ) -> [Finding] {
    var findings: [Finding] = []
    if let times = probe.times {
      let parts = [
        ("name", times.name), ("TCP", times.tcp), ("TLS", times.tls), ("upgrade", times.upgrade),
      ].compactMap { name, time in time.map { "\(name) \(Int($0.rounded())) ms" } }
      findings.append(.ok("service", "\(service) at \(address): " + parts.joined(separator: ", ")))
    }
    if let failure = probe.failure {
      var told = explain(failure)
      told.hint = told.hint ?? "Try again; then ask whoever runs \(address)."
      findings.append(.fail("service", told))
    }
    if let date = probe.date, let theirs = seconds(ofHTTPDate: date) {
      // The answer may be as old as it took to come.
      let skew = theirs - now
      let allowed = allowedSkew + Int(took / .seconds(1))
      findings.append(
        abs(skew) <= allowed
          ? .ok("clock", "as the service's")
          : .warn(
            "clock", "it is \(abs(skew)) s \(skew > 0 ? "behind" : "ahead of") the service's",
            remedy: "Set it: timedatectl set-ntp true"))
    }
    findings += probe.limits.map { .ok("limits", "\(service): \($0)") }
    return findings
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`. Source: RFC 9110, section 5.6.7.
  package static func seconds(ofHTTPDate text: String) -> Int? {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let year = Int(words[3]),
      let month = months.firstIndex(of: String(words[2]))
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, (1...31).contains(day), (1970...9999).contains(year) else { return nil }
    return days(to: year, month + 1, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }

  /// Since 1970-01-01, in the Gregorian calendar; years counted from March end with the leap day.
  private static func days(to year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month < 3 ? year - 1 : year
    let (century, rest) = (year / 400, year % 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return century * 146_097 + rest * 365 + rest / 4 - rest / 100 + dayOfYear - 719_468
  }
}
