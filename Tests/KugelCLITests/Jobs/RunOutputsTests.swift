import KugelAudio
import KugelClient
import KugelConversation
import KugelSession
import KugelSystem
import Testing

@testable import KugelJobs

@Suite struct RunOutputsTests {
  private func outputs(
    _ file: FileOutput?, parts: RunOutputs.Parts? = nil
  ) throws -> RunOutputs {
    var request = RunRequest()
    request.file = file
    return RunOutputs(request, parts: parts, inbox: try Inbox())
  }

  @Test(arguments: [
    ([SinkError](), false, Double?(2.5), SpeechEvent.FileState.complete),
    ([], true, 2.5, .cut),
    ([.failed(target: "a.wav", cause: "it is full")], false, nil, .failed),
    ([.failed(target: "a.wav", cause: "it is full")], true, nil, .failed),
    ([.failed(target: "hw:0", cause: "it is gone")], false, 2.5, .complete),
  ])
  func `what became of the file is told`(
    errors: [SinkError], wasCut: Bool, seconds: Double?, state: SpeechEvent.FileState
  ) throws {
    var outcome = RunOutcome()
    (outcome.sinkErrors, outcome.writtenSeconds) = (errors, 2.5)
    let told = try outputs(FileOutput(path: "a.wav", format: .wav)).report(outcome, wasCut: wasCut)
    #expect(
      told == .file(path: "a.wav", duration: seconds.map { .seconds($0) }, state: state))
  }

  @Test func `without a file nothing is told of one`() throws {
    #expect(try outputs(nil).report(RunOutcome(), wasCut: false) == nil)
  }

  @Test
  func `folders of parts are made; where they cannot be, it is told before anything is spoken`()
    throws
  {
    let scratch = ScratchDirectory()
    var parts = RunOutputs.Parts(
      stems: scratch.path + "/stems", lines: scratch.path + "/lines", format: .wav, overwrite: false
    )
    try outputs(nil, parts: parts).check()
    #expect(try FileStatus(of: scratch.path + "/stems").kind == .directory)
    #expect(try FileStatus(of: scratch.path + "/lines").kind == .directory)
    writeFile(scratch.path + "/file", "")
    parts.lines = scratch.path + "/file"
    let error = #expect(throws: UserError.self) { try outputs(nil, parts: parts).check() }
    #expect(error?.status == .cannotCreate)
    #expect(error?.message.contains(scratch.path + "/file") == true)
  }

  @Test func `a recording needs a format that its name tells`() throws {
    let scratch = ScratchDirectory()
    let outputs = try outputs(nil)
    #expect(throws: ConversationProblem("no format is known by the extension of a.txt")) {
      try outputs.recorder("a.txt", overwrite: false)
    }
    writeFile(scratch.path + "/a.wav", "old")
    #expect(throws: ConversationProblem.self) {
      try outputs.recorder(scratch.path + "/a.wav", overwrite: false)
    }
  }
}
