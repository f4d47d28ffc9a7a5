import Glibc
import KugelSystem
import KugelWire
import Testing

@testable import KugelCLI
@testable import KugelJobs

@Suite struct KeySourceTests {
  private func read(_ source: KeySource) throws -> (secret: String, warnings: [String]) {
    var warnings: [String] = []
    let key = try source.read { warnings.append($0) }
    return (key.secret, warnings)
  }

  @Test func `the first line of a file is the key`() throws {
    let scratch = ScratchDirectory()
    let path = scratch.path + "/key"
    writeFile(path, "eu-ka_1 \nuser: me\n")
    unsafe chmod(path, 0o600)
    #expect(try read(.file(path)) == ("ka_1", []))
    #expect(try read(.credential(path)).secret == "ka_1")
    unsafe chmod(path, 0o644)
    let open = try read(.file(path))
    #expect(open.secret == "ka_1" && open.warnings.count == 1)
    #expect(open.warnings[0].contains("chmod 600 \(path)") && !open.warnings[0].contains("ka_1"))
  }

  @Test func `a descriptor is read to its end`() throws {
    let spool = Spool()
    try Descriptor.writeAll("ka_2\n", to: spool.descriptor)
    lseek(spool.descriptor, 0, SEEK_SET)
    #expect(try read(.descriptor(spool.descriptor)).secret == "ka_2")
  }

  @Test func `a command prints it`() throws {
    #expect(try read(.command("printf 'ka_3\\nrest'")).secret == "ka_3")
    #expect(
      try read(.environment(Secret(" ka_4 "), variable: "KUGELAUDIO_API_KEY")).secret == "ka_4")
  }

  @Test(
    arguments: [
      (.file("/nonexistent/key"), "the file /nonexistent/key: no such file"),
      (.file("/"), "is a directory"), (.descriptor(9999), "descriptor 9999"),
      (.command("echo ka_5; exit 3"), "key_command failed with status 3"),
      (.command("true"), "the API key is empty"),
      (
        .environment(Secret("ka 6"), variable: "KUGELAUDIO_API_KEY"),
        "the variable KUGELAUDIO_API_KEY gives no key"
      ),
    ] as [(KeySource, String)])
  func `what gives no key is told without it, and is refused`(source: KeySource, told: String) {
    do throws(UserError) {
      _ = try source.read { _ in }
      Issue.record("a key was read")
    } catch {
      #expect(error.status == .refused)
      #expect(error.message.contains(told), "\(error.message)")
      #expect(!error.text.contains("ka"))
    }
  }

  @Test func `a service without key and address is told what it needs`() {
    let host = Host(arguments: [], variable: { _ in nil }, jobs: .none)
    do throws(UserError) {
      _ = try ServiceDoor(ServiceRequest(), host: host)
      Issue.record("it was opened")
    } catch {
      #expect(error.status == .refused)
      #expect(error.text.contains("--key-file FILE") && error.text.contains("KUGELAUDIO_API_KEY"))
    }
  }

  @Test func `an address of one's own needs no key`() throws {
    let host = Host(arguments: [], variable: { _ in nil }, jobs: .none)
    var request = ServiceRequest()
    request.url = "http://localhost:8000/base/"
    let door = try ServiceDoor(request, host: host)
    #expect(door.service.address.description == "http://localhost:8000/base")
    #expect(door.service.key == nil)
    request.url = "localhost:8000"
    #expect(throws: UserError.self) { _ = try ServiceDoor(request, host: host) }
  }

  @Test func `the prefix of a key chooses the region`() throws {
    let host = Host(arguments: [], variable: { _ in nil }, jobs: .none)
    var request = ServiceRequest()
    request.key = .environment(Secret("eu-ka_1"), variable: "KUGELAUDIO_API_KEY")
    #expect(try ServiceDoor(request, host: host).service.address.host == Region.eu.host)
    request.region = .global
    #expect(try ServiceDoor(request, host: host).service.address.host == Region.global.host)
  }

  @Test func `who refused the key learns where it came from`() throws {
    let host = Host(arguments: [], variable: { _ in nil }, jobs: .none)
    var request = ServiceRequest()
    request.key = .environment(Secret("ka_1"), variable: "KUGELAUDIO_API_KEY")
    let door = try ServiceDoor(request, host: host)
    let error = UserError(
      telling: door.explain(.service(.http(status: 401, requestID: "r1"))))
    #expect(error.status == .refused)
    #expect(error.text.contains("came from the variable KUGELAUDIO_API_KEY"))
    #expect(error.text.contains("(request r1)") && !error.text.contains("ka_1"))
  }
}
