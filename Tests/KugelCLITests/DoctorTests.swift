import KugelAudio
import KugelDoctor
import KugelJobs
import KugelWire
import Testing

@testable import KugelCLI
@testable import KugelClient

@Suite struct DoctorTests {
  @Test func `the status is that of the first failure, else 1 for warnings, else 0`() {
    let ok = Finding.ok("a", "fine")
    let warn = Finding.warn("b", "so so", remedy: "Do this.")
    let fail = Finding.fail("c", "bad", remedy: "Do that.", .ioFailed)
    let other = Finding.fail("d", "worse", remedy: "Do that too.", .refused)
    #expect(DoctorReport([ok]).status == .done)
    #expect(DoctorReport([ok, warn]).status == .partial)
    #expect(DoctorReport([warn, fail, other]).status == .ioFailed)
    #expect(DoctorReport([other, fail]).status == .refused)
  }

  @Test func `each line has a state, and a remedy below it where there is one`() {
    let report = DoctorReport([
      .ok("espeak", "131 voices"), .fail("sound", "busy", remedy: "End it.", .ioFailed),
    ])
    #expect(
      report.text == """
        ok    espeak  131 voices
        fail  sound   busy
                      End it.

        """)
  }

  @Test func `json is one object`() {
    let report = DoctorReport([.ok("a", "say \"hi\""), .warn("b", "x", remedy: "Do.")])
    #expect(
      report.json.contains(
        #"{"state":"ok","topic":"a","text":"say \"hi\"","remedy":null,"exit":0}"#))
    #expect(report.json.contains(#""remedy":"Do.","exit":1}"#))
    #expect(report.json.contains("\"exit\":1,\n"))
  }

  @Test func `what a device's probe means`() {
    let states = { (probe: DeviceProbe) in
      SoundFindings.of(probe, device: "default").map(\.state)
    }
    #expect(states(DeviceProbe(opening: .opened(rate: 48_000), card: "HDA")) == [.ok])
    #expect(
      states(DeviceProbe(opening: .opened(rate: 48_000), muted: "Master")) == [.ok, .warn])
    #expect(states(DeviceProbe(opening: .busy)) == [.fail])
    let failed = SoundFindings.of(
      DeviceProbe(opening: .failed(cause: "no such device")), device: "x")
    #expect(failed[0].status == .ioFailed && failed[0].text.contains("no such device"))
  }

  @Test func `what reaching a service means`() {
    var probe = ServiceProbe()
    probe.times = ConnectTimes(name: 1.4, tcp: 2, tls: nil, upgrade: 10)
    probe.date = "Sun, 06 Nov 1994 08:49:37 GMT"
    probe.limits = ["x-ratelimit-limit: 60"]
    let find = { (now: Int) in
      ServiceFindings.of(
        probe, service: "kugel", address: "https://k", now: now, took: .seconds(1),
        explain: { UserError(telling: $0) })
    }
    let fine = find(784_111_780)
    #expect(fine.map(\.state) == [.ok, .ok, .ok])
    #expect(fine[0].text == "kugel at https://k: name 1 ms, TCP 2 ms, upgrade 10 ms")
    let behind = find(784_111_777 - 100)
    #expect(behind[1].state == .warn && behind[1].text.contains("100 s behind"))
  }

  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
    ("Fri, 31 Dec 2100 23:59:59 GMT", 4_133_980_799),
  ])
  func `dates of HTTP`(text: String, seconds: Int) {
    #expect(ServiceFindings.seconds(ofHTTPDate: text) == seconds)
  }

  @Test(arguments: ["", "now", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:49:37 CET"])
  func `what is no date`(text: String) {
    #expect(ServiceFindings.seconds(ofHTTPDate: text) == nil)
  }

  @Test func `settings are told with their place, and no key is shown`() throws {
    let scratch = ScratchDirectory()
    let file = scratch.path + "/config"
    writeFile(file, "voice = anna\nkey_command = pass show secret\n")
    let host = Host(arguments: [], variable: { _ in nil }, jobs: .none)
    let lines = SettingOrigins.lines(try host.configuration(ConfigurationChoice(file: file))) {
      ["KUGELAUDIO_API_KEY": "ka_secret", "KUGEL_VOICE": "bob"][$0]
    }
    #expect(lines.contains("voice = anna (\(file):1)"))
    #expect(lines.contains("KUGEL_VOICE = bob (the environment)"))
    #expect(lines.contains("KUGELAUDIO_API_KEY = (set) (the environment)"))
    #expect(!lines.joined().contains("secret"))
  }
}
